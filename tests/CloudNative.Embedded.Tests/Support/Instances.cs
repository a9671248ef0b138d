using CloudNative.Discovery;

namespace CloudNative.Embedded.Tests.Support;

internal static class Instances
{
    public static ServiceInstance Of(string service, string id) =>
        new() { Service = service, Id = id, Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 5000)] };
}
