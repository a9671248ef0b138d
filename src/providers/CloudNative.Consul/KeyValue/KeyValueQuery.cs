using System.Globalization;
using CloudNative.Consul.Http;
using CloudNative.Consul.Registry;

namespace CloudNative.Consul.KeyValue;

/// <summary>
/// Asks for all that is below a prefix, at one index, and waits at the agent for a change of it
/// (https://developer.hashicorp.com/consul/api-docs/features/blocking). Not thread-safe.
/// </summary>
internal sealed class KeyValueQuery(
    ConsulHttp http, string prefix, ConsulKeyValueFormat format, ConsulOptions options, TimeProvider time)
{
    // The agent adds up to a sixteenth to the wait, so that watches spread; this is for the way and for a busy server.
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(10);

    private readonly QuestionBudget _budget = new(time);

    // "stale": any server may answer, also while there is no leader. The slash keeps neighbours out, whose names begin
    // alike; with a document at the prefix itself it cannot be asked for.
    private readonly string _path =
        $"/v1/kv/{string.Join('/', prefix.Split('/').Select(Uri.EscapeDataString))}"
        + $"{(format == ConsulKeyValueFormat.Value ? "/" : string.Empty)}?recurse&stale"
        + (options.Datacenter is { Length: > 0 } datacenter ? $"&dc={Uri.EscapeDataString(datacenter)}" : string.Empty);

    private ulong _index;

    /// <summary>The ACL rules that it needs.</summary>
    public string Policies { get; } = $"key:read \"{prefix}\" (key_prefix \"{prefix}\" {{ policy = \"read\" }})";

    /// <summary>Asks at once the first time and after a failure, else waits for a change.</summary>
    /// <param name="longest">How long an answer may take that is not waited for.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>What is there; <see langword="null"/> when nothing is, or nothing that the token may see.</returns>
    public async Task<ConsulAnswer<List<KeyDocument>?>> AskAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        await _budget.WaitAsync(cancellationToken).ConfigureAwait(false);
        var isWaiting = _index > 0;
        var wait = (long)options.WaitTime.TotalMilliseconds;
        var path = isWaiting ? string.Create(CultureInfo.InvariantCulture, $"{_path}&index={_index}&wait={wait}ms") : _path;
        var timeout = isWaiting ? options.WaitTime + (options.WaitTime / 16) + Allowance : longest;
        var index = _index;
        _index = 0; // What follows a failure may be another server, or a restored state.
        var answer = await http.FindAsync(
            new ConsulCall(HttpMethod.Get, path, "kv.watch", Policies, timeout), ConsulJson.Default.ListKeyDocument, cancellationToken)
            .ConfigureAwait(false);

        // An index that goes backwards is of other servers, too: waiting from it could miss what happens.
        _index = answer.Index < index ? 0 : answer.Index;
        return answer;
    }
}
