namespace CloudNative.FaultTests.Consul;

/// <summary>Calls through one service to the others, without an end.</summary>
internal sealed class CallLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly CallTally _tally = new();
    private readonly Task[] _callers;

    public CallLoad(HttpClient caller)
    {
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Get, HttpMethod.Post];
        _callers = [.. methods.Select(method => Task.Run(() => CallAsync(caller, method)))];
    }

    /// <summary>Ends the calls; the test fails when too many did.</summary>
    public async Task AssertHeldAsync()
    {
        await _tally.Enough.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _tally.AssertHeld();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _stop.Dispose();
    }

    private async Task CallAsync(HttpClient caller, HttpMethod method)
    {
        while (!_stop.IsCancellationRequested)
        {
            string? failure = null;
            try
            {
                using var request = new HttpRequestMessage(method, "/call");
                using var response = await caller.SendAsync(request, CancellationToken.None);
                failure = response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync(CancellationToken.None);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                failure = exception.Message;
            }

            _tally.Add(method, failure);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
