namespace CloudNative.Consul.Http;

/// <summary>What the agent answered to a question that can wait for a change.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Index">
/// What to wait from next time (<c>X-Consul-Index</c>); 0 when the agent says nothing useful.
/// </param>
/// <param name="IsFiltered">Whether something was left out because the token may not see it.</param>
internal sealed record ConsulAnswer<T>(T Value, ulong Index, bool IsFiltered);
