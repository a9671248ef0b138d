using System.Collections.Frozen;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;

namespace CloudNative.Grpc.AspNetCore.Probing;

/// <summary>The gRPC services that are mapped in this host.</summary>
internal sealed class ServiceNames(EndpointDataSource endpoints)
{
    // Read at the first question, when everything is mapped.
    private readonly Lazy<FrozenSet<string>> _names = new(() => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
        .OfType<string>()
        .ToFrozenSet(StringComparer.Ordinal));

    public bool Contains(string name) => _names.Value.Contains(name);
}
