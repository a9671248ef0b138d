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

    /// <summary>How long to wait for the next heartbeat after one that failed.</summary>
    public TimeSpan PauseAfterFailure => http.Condition.Rest is { Ticks: > 0 } rest ? rest : AgentCondition.Interval;

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
    public async Task<bool> TellAsync(ServiceInstance instance, bool ready, bool isPaced, CancellationToken cancellationToken)
    {
        var document = new CheckUpdateDocument
        {
            Status = InstanceWriter.StatusOf(ready),
            Output = InstanceWriter.OutputOf(ready),
        };
        var path = $"/v1/agent/check/update/{Uri.EscapeDataString(InstanceWriter.CheckIdOf(instance))}";
        try
        {
            await http.SendAsync(
                Call(instance, path, "heartbeat") with
                {
                    IsPaced = isPaced,
                    Body = ConsulCall.Json(document, ConsulJson.Default.CheckUpdateDocument),
                },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConsulException exception) when (exception.Status is HttpStatusCode.NotFound or HttpStatusCode.InternalServerError)
        {
            // Newer agents say 404, older ones 500 with words that changed; telling them all again is right in each case.
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
        catch (ConsulException exception) when (exception.Status is HttpStatusCode.NotFound || SaysUnknown(exception))
        {
            // It has been forgotten already.
        }
    }

    private static bool SaysUnknown(ConsulException exception) =>
        exception.Status is HttpStatusCode.InternalServerError
        && exception.Message.Contains("Unknown service", StringComparison.OrdinalIgnoreCase);

    private static ConsulCall Call(ServiceInstance instance, string path, string operation) =>
        new(HttpMethod.Put, path, operation, ConsulPolicies.ToRegister(instance.Service), ConsulHttp.CallTimeout);
}
