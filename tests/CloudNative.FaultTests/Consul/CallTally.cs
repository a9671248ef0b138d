namespace CloudNative.FaultTests.Consul;

/// <summary>What became of calls.</summary>
internal sealed class CallTally
{
    private const int FewestToTell = 1000;

    private readonly Lock _gate = new();
    private readonly List<string> _failures = [];
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _gets;
    private int _posts;
    private int _failedGets;

    /// <summary>Completes when there are enough calls to tell one failure of a thousand from two.</summary>
    public Task Enough => _enough.Task;

    public void Add(HttpMethod method, string? failure)
    {
        lock (_gate)
        {
            _ = method == HttpMethod.Get ? _gets++ : _posts++;
            if (_gets + _posts == FewestToTell)
            {
                _enough.SetResult();
            }

            if (failure is not null)
            {
                _failedGets += method == HttpMethod.Get ? 1 : 0;
                _failures.Add($"{method}: {failure}");
            }
        }
    }

    /// <summary>At most one call of a thousand may fail, and none that may be sent twice.</summary>
    public void AssertHeld()
    {
        var calls = _gets + _posts;
        TestContext.Current.TestOutputHelper?.WriteLine($"{_gets} GET, {_posts} POST, {_failures.Count} failed");
        var said = string.Join(Environment.NewLine, _failures.Take(5));
        Assert.True(_failedGets == 0, $"{_failedGets} of {_gets} idempotent calls failed:{Environment.NewLine}{said}");
        Assert.True(_failures.Count * 1000 <= calls, $"{_failures.Count} of {calls} calls failed:{Environment.NewLine}{said}");
    }
}
