using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;

namespace CloudNative.Consul.Tests.Support;

/// <summary>The client on a stand-in.</summary>
internal static class Client
{
    public static ConsulHttp Of(AgentStandIn agent, ConsulOptions options, TimeProvider time)
    {
        options.Address ??= "http://127.0.0.1:8500";
        return new ConsulHttp(agent, options, time, new ConsulMetrics(time));
    }
}
