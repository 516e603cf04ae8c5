# The image holds one static binary, the certificate authorities that webhooks to https addresses need, the licences of everything
# in the binary (/licenses) and a bill of materials in the format of CycloneDX (/sbom.cdx.json). It has no shell:
#   docker build -t fakeattio . && docker run --rm -p 127.0.0.1:8080:8080 fakeattio

FROM golang:1.26 AS build
# If it is empty, Go uses its default module proxy.
ARG GOPROXY
ENV CGO_ENABLED=0
WORKDIR /src

# The modules have a layer of their own, so a change of the sources does not download them again.
COPY go.mod go.sum ./
RUN ["go", "mod", "download"]

# Every RUN is in exec form, so a base image without a shell builds this too.
COPY . .
ARG VERSION
ENV GOFLAGS="-trimpath '-ldflags=-s -w -X main.version=${VERSION}'"
RUN ["go", "build", "-o", "/out/fakeattio", "./cmd/fakeattio"]
# The licences of everything in the binary, and a bill of materials.
RUN ["go", "run", ".ci/inventory/main.go", "/out/fakeattio", "/out/inventory"]

FROM scratch
LABEL org.opencontainers.image.title="fakeattio" \
      org.opencontainers.image.description="An in-memory fake of the Attio REST API for integration tests" \
      org.opencontainers.image.source="https://github.com/fakeattio/fakeattio"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/inventory/ /
COPY --from=build /out/fakeattio /fakeattio
# Scenarios of a folder that is mounted here need no path: docker run -v "$PWD:/scenarios:ro" fakeattio serve --scenario team.yaml
WORKDIR /scenarios
USER 65532:65532
# Listens on all interfaces of the container; -p decides what the host can reach.
ENV FAKEATTIO_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=1s --timeout=2s --start-period=10s --retries=5 CMD ["/fakeattio", "health"]
ENTRYPOINT ["/fakeattio"]
CMD ["serve"]
