using System.Net;
using System.Net.Sockets;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Http.Tests.Hedging;

[Collection("alone")]
public sealed class HedgingSimulationTests : IDisposable
{
    private const int Seed = 20_261_125;
    private const int Calls = 3000;
    private const int YieldsAStep = 40;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    // Connections are made and then simulated; somebody has to take them.
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public HedgingSimulationTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Get_TwoPercentSlow_TheTailFallsFivefoldForAtMostFivePercentMore()
    {
        var plain = await RunAsync(hedged: false);
        var hedged = await RunAsync(hedged: true);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {Seed}: p99.5 {Tail(plain.Latencies)} ms without, {Tail(hedged.Latencies)} ms with "
            + $"{hedged.Requests - Calls} hedges in {Calls} calls");
        Assert.Equal(Calls, plain.Requests);
        Assert.InRange(Tail(plain.Latencies), Slow.TotalMilliseconds, double.MaxValue);
        Assert.InRange(Tail(hedged.Latencies), 0, Tail(plain.Latencies) / 5);
        Assert.InRange(hedged.Requests - Calls, 1, Calls * 0.05);
    }

    private static double Tail(IReadOnlyCollection<double> latencies) =>
        latencies.Order().ElementAt((int)(latencies.Count * 0.995));

    private async Task<(IReadOnlyCollection<double> Latencies, int Requests)> RunAsync(bool hedged)
    {
        var clock = new FakeTimeProvider();
        var random = new Random(Seed);
        var requests = 0;
        var latencies = new List<double>();
        var pending = new PendingAnswers();
        await using var lab = Lab.Create(
            new()
            {
                ["CloudNative:Http:Hedging:Enabled"] = $"{hedged}",
                ["CloudNative:Http:AttemptTimeout"] = "00:00:10",
            },
            client => client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PlaintextStreamFilter = (context, _) =>
                    ValueTask.FromResult<Stream>(new SimulatedConnection(context.PlaintextStream, clock, NextLatency, pending)),
            }),
            services => services.AddSingleton<TimeProvider>(clock));
        var port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        lab.Source.Set("catalog", [.. Enumerable.Range(0, 4).Select(i => Lab.Instance($"i{i}", $"http://127.0.0.1:{port}"))]);
        var endpoints = (await lab.SettledAsync()).Endpoints;
        using var client = lab.Client();
        for (var i = 0; i < Calls; i++)
        {
            var began = clock.GetTimestamp();
            var call = client.GetStringAsync("http://catalog/", Token);
            await AdvanceUntilAsync(clock, call, () => pending.Count > 0 && pending.Count >= endpoints.Sum(state => state.InFlight));
            Assert.Equal("ok", await call);
            latencies.Add(clock.GetElapsedTime(began).TotalMilliseconds);
        }

        return (latencies, requests);

        TimeSpan NextLatency()
        {
            lock (random)
            {
                requests++;
                return random.NextDouble() < 0.02 ? Slow : TimeSpan.FromMilliseconds(5 - (5 * Math.Log(1 - random.NextDouble())));
            }
        }
    }

    /// <summary>Lets time pass only while every attempt waits for its server: connections are real and take real time.</summary>
    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, Task call, Func<bool> allWait)
    {
        var passed = 0;
        while (!call.IsCompleted)
        {
            for (var turn = 0; turn < YieldsAStep && !call.IsCompleted; turn++)
            {
                await Task.Yield();
                turn = ThreadPool.PendingWorkItemCount > 0 ? 0 : turn;
            }

            if (allWait())
            {
                clock.Advance(TimeSpan.FromMilliseconds(passed++ < 60 ? 1 : 10));
            }
        }
    }
}
