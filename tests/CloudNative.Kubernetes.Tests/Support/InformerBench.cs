using System.Text.Json.Nodes;
using CloudNative.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>Informers at a stand-in, all by one virtual clock.</summary>
internal sealed class InformerBench : IAsyncDisposable
{
    public const string Place = "shop";

    private readonly LoggerFactory _loggers;

    public InformerBench(Action<KubernetesOptions>? configure = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        Server = new KubernetesTestServer(Clock);
        var options = new KubernetesOptions { Server = "http://stand-in" };
        configure?.Invoke(options);
        Api = new KubernetesApi(options, Clock, wrap?.Invoke(Server.CreateHandler()) ?? Server.CreateHandler());
        _loggers = new LoggerFactory([new FakeLoggerProvider(Logs)]);
        Informers = new KubernetesInformers(Api, _loggers.CreateLogger<KubernetesInformers>());
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeLogCollector Logs { get; } = new();

    public KubernetesTestServer Server { get; }

    public KubernetesApi Api { get; }

    public KubernetesInformers Informers { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static KubernetesSelection Selection { get; } = new(Place);

    public KubernetesInformer<KubernetesConfigMap> Join(KubernetesSelection? selection = null) =>
        Informers.Join(KubernetesKinds.ConfigMaps, selection ?? Selection);

    public void Put(string name, string value) => Server.Put("configmaps", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Place },
        ["data"] = new JsonObject { ["key"] = value },
    });

    public void Remove(string name) => Server.Remove("configmaps", Place, name);

    public int Count(string verb) => Server.Requests.Count(request => request.Verb == verb);

    /// <summary>
    /// Lets time pass until something holds, each step only when all work that the one before set off is done: also on
    /// a busy machine the clock does not run ahead.
    /// </summary>
    public async Task<TimeSpan> UntilAsync(Func<bool> condition, TimeSpan limit, TimeSpan? step = null)
    {
        for (var passed = TimeSpan.Zero; ; passed += step ?? TimeSpan.FromSeconds(1))
        {
            for (var idle = 0; idle < 2; idle = ThreadPool.PendingWorkItemCount == 0 ? idle + 1 : 0)
            {
                if (condition())
                {
                    return passed;
                }

                // Not in step with a test beside this one: each would take the other's look for work that is left to do.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 6)), TimeProvider.System, Cancel);
            }

            if (passed >= limit)
            {
                throw new TimeoutException($"The condition does not hold after {limit} of virtual time.");
            }

            Clock.Advance(step ?? TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Lets a long time pass, quickly: calls may come later than they would.</summary>
    public Task PassAsync(TimeSpan time)
    {
        var begin = Clock.GetUtcNow();
        return Clock.AdvanceUntilAsync(() => Clock.GetUtcNow() - begin >= time, TimeSpan.FromSeconds(1), 2 * time);
    }

    /// <summary>Waits for what happens without any time passing.</summary>
    public async Task SoonAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        }
    }

    /// <summary>Joins, and waits until it follows.</summary>
    public async Task<KubernetesInformer<KubernetesConfigMap>> FollowAsync()
    {
        var informer = Join();
        await informer.WaitForSyncAsync(Cancel);
        await SoonAsync(() => Server.OpenWatches > 0);
        return informer;
    }

    public async ValueTask DisposeAsync()
    {
        await Informers.DisposeAsync();
        Api.Dispose();
        await Server.DisposeAsync();
        _loggers.Dispose();
    }
}
