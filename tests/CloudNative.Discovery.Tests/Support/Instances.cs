namespace CloudNative.Discovery.Tests.Support;

/// <summary>Instances as tests need them.</summary>
internal static class Instances
{
    public static ServiceInstance Of(string id, string service = "catalog", int port = 80, string scheme = "http") => new()
    {
        Service = service,
        Id = id,
        Endpoints = [new InstanceEndpoint(scheme, id, port)],
    };

    public static EndpointUpdate Answer(params IEnumerable<string> ids) => EndpointUpdate.Answer([.. ids.Select(id => Of(id))]);
}
