# The image of cognilint: the program, certificates, no shell, not root.
#
#   docker build --build-arg VERSION=0.1.0 -t cognilint:0.1.0 .
#   docker run --rm -v "$PWD:/work:ro" cognilint:0.1.0 scan cognito
#
# To pin an image, append its digest to its tag: golang:1.26.8-bookworm@sha256:…
FROM --platform=$BUILDPLATFORM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=0.1.0-dev
# The flags of .goreleaser.yaml, and no revision: .git is not copied.
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false \
    -ldflags="-s -w -X main.release=$VERSION" -o /out/cognilint ./cmd/cognilint

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/cognilint /usr/local/bin/cognilint
WORKDIR /work
# A number, so that Kubernetes can see that it is not root.
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/cognilint"]
CMD ["--help"]
