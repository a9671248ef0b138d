using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Comparison.Chain;
using CloudNative.Comparison.Peers;
using CloudNative.Deadlines;
using Microsoft.AspNetCore.Builder;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// A chain of four services, HTTP and gRPC in turn, the last of which never answers: how long after the caller's deadline each of them
/// stopped its work. Over sockets, in one process, ten calls at a time.
/// </summary>
internal static class DeadlineChain
{
    public const string Name = "4 hops after the caller's deadline";
    public const string P99 = "stopped p99, ms late";
    private const string NotToldName = "here, deadlines not told";
    private const int AtOnce = 10;
    private const int WarmUp = 200;

    private static readonly TimeSpan _timeLeft = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyList<Row>> RunAsync(int calls) =>
    [
        await MeasureAsync(Stacks.HereName, calls, tells: true),
        await MeasureAsync(NotToldName, calls, tells: false),
    ];

    private static async Task<Row> MeasureAsync(string name, int calls, bool tells)
    {
        ChainHopKind[] kinds = [ChainHopKind.Http, ChainHopKind.Grpc, ChainHopKind.Http, ChainHopKind.Grpc];
        var settings = tells ? [] : new Dictionary<string, string?> { ["CloudNative:Http:SendDeadline"] = "Never" };
        var late = new ConcurrentQueue<double>();
        var apps = new List<WebApplication>();
        for (var hop = kinds.Length - 1; hop >= 0; hop--)
        {
            apps.Add(await ChainHop.StartAsync(
                kinds[hop],
                hop + 1 < kinds.Length ? kinds[hop + 1] : null,
                apps.Count > 0 ? ChainHop.AddressOf(apps[^1]) : null,
                late,
                settings));
        }

        using var client = new HttpClient { BaseAddress = new Uri(ChainHop.AddressOf(apps[^1])) };
        await CallAsync(client, WarmUp, tells);
        await RestAsync(late, WarmUp * kinds.Length);
        late.Clear();
        await CallAsync(client, calls, tells);
        await RestAsync(late, calls * kinds.Length);
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }

        var ordered = late.Order().ToList();
        return new Row(Name, name, new Dictionary<string, double>
        {
            ["calls"] = calls,
            ["hops that worked"] = ordered.Count,
            ["stopped p50, ms late"] = ordered[ordered.Count / 2],
            [P99] = ordered[(int)(ordered.Count * 0.99)],
            ["worst, ms late"] = ordered[^1],
        });
    }

    private static async Task CallAsync(HttpClient client, int calls, bool tells)
    {
        for (var done = 0; done < calls; done += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => CallAsync(client, tells)));
        }
    }

    /// <summary>A caller that gives up at its deadline; whether it told of it is the difference.</summary>
    private static async Task CallAsync(HttpClient client, bool tells)
    {
        var givesUpAt = TimeProvider.System.GetTimestamp() + (long)(_timeLeft.TotalSeconds * TimeProvider.System.TimestampFrequency);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add(ChainHop.GivesUpAt, givesUpAt.ToString(CultureInfo.InvariantCulture));
        if (tells)
        {
            request.Headers.Add(DeadlineHeader.Name, DeadlineHeader.Format(_timeLeft));
        }

        using var gaveUp = new CancellationTokenSource(_timeLeft, TimeProvider.System);
        try
        {
            using var answer = await client.SendAsync(request, gaveUp.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    // Until every hop that began has ended: a hop that a call never reached does not count, and none is heard of for a second.
    private static async Task RestAsync(ConcurrentQueue<double> late, int most)
    {
        for (var seen = -1; seen != late.Count && late.Count < most;)
        {
            seen = late.Count;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }
}
