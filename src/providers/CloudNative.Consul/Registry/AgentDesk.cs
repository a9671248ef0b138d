using System.Net;
using CloudNative.Consul.Http;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>What the agent is told of an instance.</summary>
internal sealed class AgentDesk(ConsulHttp http, ConsulRegistrationOptions options)
{
    /// <summary>The longest pause between two heartbeats: an agent that forgot is told again within 5 s.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>How long to wait between two heartbeats.</summary>
    public TimeSpan Pause => options.Ttl / 3 < LongestPause ? options.Ttl / 3 : LongestPause;

    public Task RegisterAsync(ServiceInstance instance, bool ready, CancellationToken cancellationToken)
    {
        var document = InstanceWriter.Write(instance, options, ready);
        return http.SendAsync(
            Call(instance, "/v1/agent/service/register?replace-existing-checks", "register") with
            {
                Body = ConsulCall.Json(document, ConsulJson.Default.RegistrationDocument),
            },
            cancellationToken);
    }

    /// <summary>Says how the instance is.</summary>
    /// <returns>Whether the agent knows the instance.</returns>
    public async Task<bool> TellAsync(ServiceInstance instance, bool ready, CancellationToken cancellationToken)
    {
        var document = new CheckUpdateDocument
        {
            Status = InstanceWriter.StatusOf(ready),
            Output = ready ? "ready" : "not ready",
        };
        var path = $"/v1/agent/check/update/{Uri.EscapeDataString(InstanceWriter.CheckIdOf(instance))}";
        try
        {
            await http.SendAsync(
                Call(instance, path, "heartbeat") with { Body = ConsulCall.Json(document, ConsulJson.Default.CheckUpdateDocument) },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConsulException exception) when (IsUnknown(exception))
        {
            return false;
        }
    }

    public async Task DeregisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        var path = $"/v1/agent/service/deregister/{Uri.EscapeDataString(InstanceWriter.IdOf(instance))}";
        try
        {
            await http.SendAsync(Call(instance, path, "deregister"), cancellationToken).ConfigureAwait(false);
        }
        catch (ConsulException exception) when (IsUnknown(exception))
        {
            // It has been forgotten already.
        }
    }

    // Newer agents say 404, older ones 500 with words that changed; telling them again is right in each case.
    private static bool IsUnknown(ConsulException exception) =>
        exception.Status is HttpStatusCode.NotFound or HttpStatusCode.InternalServerError;

    private static ConsulCall Call(ServiceInstance instance, string path, string operation) =>
        new(HttpMethod.Put, path, operation, ConsulPolicies.ToRegister(instance.Service), ConsulHttp.CallTimeout);
}
