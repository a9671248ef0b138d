using CloudNative.Consul.Http;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>
/// The checks by which the agent asks an instance (https://developer.hashicorp.com/consul/docs/services/usage/checks).
/// Until the first answer they pass: the service has just said that it is ready.
/// </summary>
internal static class AgentChecks
{
    private const string GrpcEndpoint = "grpc";

    public static IEnumerable<RegistrationCheckDocument> Write(ServiceInstance instance, ConsulAgentCheckOptions options)
    {
        if (options.HttpPath is { Length: > 0 } path)
        {
            var endpoint = instance.Endpoints[0];
            yield return Create(instance, "http", "What the service answers", options) with
            {
                Http = $"{endpoint.Scheme}://{Authority(endpoint)}{path}",
            };
        }

        if (options.Grpc)
        {
            var endpoint = instance.Endpoints.FirstOrDefault(
                endpoint => GrpcEndpoint.Equals(endpoint.Name, StringComparison.OrdinalIgnoreCase)) ?? instance.Endpoints[0];
            yield return Create(instance, GrpcEndpoint, "What the gRPC health service answers", options) with
            {
                Grpc = Authority(endpoint),
                GrpcUsesTls = endpoint.Scheme == Uri.UriSchemeHttps,
            };
        }
    }

    private static RegistrationCheckDocument Create(
        ServiceInstance instance, string kind, string name, ConsulAgentCheckOptions options)
    {
        return new()
        {
            CheckID = $"{InstanceWriter.CheckIdOf(instance)}:{kind}",
            Name = name,
            Status = InstanceWriter.StatusOf(ready: true),
            Interval = InstanceWriter.Duration(options.Interval),
            Timeout = InstanceWriter.Duration(options.Timeout),
        };
    }

    private static string Authority(InstanceEndpoint endpoint) => endpoint.Host.Contains(':', StringComparison.Ordinal)
        ? $"[{endpoint.Host}]:{endpoint.Port}"
        : $"{endpoint.Host}:{endpoint.Port}";
}
