using System.Globalization;
using CloudNative.Consul.Registry;
using CloudNative.Consul.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Consul.Tests.Registry;

public sealed class BlockingQueryTurnsTests
{
    private const int Most = 8;

    private readonly FakeTimeProvider _time = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<TimeSpan>> _waits = [];
    private int _atTheAgent;
    private int _mostAtTheAgent;

    [Theory]
    [InlineData(4, 60_000)]
    [InlineData(8, 10_000)]
    [InlineData(80, 1_000)]
    public async Task Watch_SoManyServices_WaitsShorterTheMoreThereAreAndNeverTooManyAtOnce(int services, int milliseconds)
    {
        var options = new ConsulOptions { MaxBlockingQueries = Most };
        using var http = Client.Of(new AgentStandIn(AnswerAsync), options, _time);
        var source = new ConsulEndpointSource(http, options, _time);
        using var stop = new CancellationTokenSource();
        var watching = Enumerable.Range(0, services).Select(service => WatchAsync(source, $"s{service}", stop.Token)).ToList();

        // The first were asked while there were few of them, and wait as long as that allowed; then each gets its turn in each round.
        // Turns pass from thread to thread, which virtual time does not wait for, so the end is bounded by the clock on the wall.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!Told(services, 3))
        {
            Assert.False(patience.IsCancellationRequested, "Somebody does not get a turn.");
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds / 2.0));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.InRange(_mostAtTheAgent, 1, Most + (Most / 4));
        Assert.All(_waits.Values, waits => Assert.All(waits.Skip(2), wait => Assert.Equal(milliseconds, wait.TotalMilliseconds)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(watching));
    }

    private static async Task WatchAsync(ConsulEndpointSource source, string service, CancellationToken cancellationToken)
    {
        await foreach (var _ in source.WatchAsync(service, cancellationToken))
        {
        }
    }

    private bool Told(int services, int times)
    {
        lock (_lock)
        {
            return _waits.Count == services && _waits.Values.All(waits => waits.Count >= times);
        }
    }

    // Nothing changes: a question that waits is answered when its time is over.
    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (path, query) = (request.RequestUri!.AbsolutePath, request.RequestUri.Query);
        var wait = query.Split("wait=") is [_, var text]
            ? TimeSpan.FromMilliseconds(int.Parse(text[..^2], CultureInfo.InvariantCulture))
            : TimeSpan.Zero;
        lock (_lock)
        {
            _mostAtTheAgent = Math.Max(_mostAtTheAgent, ++_atTheAgent);
            (_waits.TryGetValue(path, out var waits) ? waits : _waits[path] = []).Add(wait);
        }

        try
        {
            await Task.Delay(wait, _time, cancellationToken);
            return AgentStandIn.Answer(7, "[]");
        }
        finally
        {
            lock (_lock)
            {
                _atTheAgent--;
            }
        }
    }
}
