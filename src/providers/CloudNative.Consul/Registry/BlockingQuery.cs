using System.Globalization;
using CloudNative.Consul.Http;

namespace CloudNative.Consul.Registry;

/// <summary>
/// One question that is asked over and over, waiting at the agent for a change
/// (https://developer.hashicorp.com/consul/api-docs/features/blocking). Not thread-safe.
/// </summary>
internal sealed class BlockingQuery(
    ConsulHttp http, BlockingQueryTurns turns, string service, ConsulOptions options, TimeProvider time)
{
    // The agent adds up to a sixteenth to the wait, so that watches spread; this is for the way and for a busy server.
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(10);

    private readonly QuestionBudget _budget = new(time);

    // "stale": any server may answer, also while there is no leader.
    private readonly string _path = $"/v1/health/service/{Uri.EscapeDataString(service)}?stale"
        + (options.Datacenter is { Length: > 0 } datacenter ? $"&dc={Uri.EscapeDataString(datacenter)}" : string.Empty)
        + (options.Filter is { Length: > 0 } filter ? $"&filter={Uri.EscapeDataString(filter)}" : string.Empty);

    private ulong _index;

    /// <summary>Asks at once the first time, then waits for a change.</summary>
    public async Task<ConsulAnswer<List<HealthDocument>>> AskAsync(CancellationToken cancellationToken)
    {
        await _budget.WaitAsync(cancellationToken).ConfigureAwait(false);
        var isWaiting = _index > 0;
        using var turn = await turns.EnterAsync(isWaiting, cancellationToken).ConfigureAwait(false);
        var wait = turns.Wait();
        var path = isWaiting
            ? string.Create(CultureInfo.InvariantCulture, $"{_path}&index={_index}&wait={(long)wait.TotalMilliseconds}ms")
            : _path;
        var timeout = isWaiting ? wait + (wait / 16) + Allowance : ConsulHttp.CallTimeout;
        var call = new ConsulCall(HttpMethod.Get, path, "watch", ConsulPolicies.ToFind(service), timeout) { IsPaced = true };
        var answer = await http.AskAsync(call, ConsulJson.Default.ListHealthDocument, cancellationToken).ConfigureAwait(false);

        // An index that goes backwards is of other servers, or of a restored state: waiting from it could miss what happens.
        _index = answer.Index < _index ? 0 : answer.Index;
        return answer;
    }
}
