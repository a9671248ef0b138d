using System.Text.Json.Nodes;
using CloudNative.Leases;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>A stand-in, processes that take leases there, and what somebody else does to the objects.</summary>
internal sealed class LeaseBench : IAsyncDisposable
{
    public const string Place = "shop";

    private readonly List<LeaseProcess> _processes = [];

    public LeaseBench() => Server = new KubernetesTestServer(ServerClock);

    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(9);

    public FakeTimeProvider ServerClock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public KubernetesTestServer Server { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ILease?> TryTakeAsync(LeaseProcess process, string name = "job") =>
        await process.Leases.TryAcquireAsync(name, Duration, Cancel);

    public static async Task<ILease> TakeAsync(LeaseProcess process, string name = "job") =>
        await TryTakeAsync(process, name) ?? throw new InvalidOperationException($"Lease {name} is held.");

    public LeaseProcess Add(string? token = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        var options = new KubernetesOptions { Server = "http://stand-in", Namespace = Place, Token = token };
        var handler = Server.CreateHandler();
        var process = new LeaseProcess(options, wrap?.Invoke(handler) ?? handler);
        _processes.Add(process);
        return process;
    }

    /// <summary>A process that follows leases, and has seen all there are.</summary>
    public async Task<LeaseProcess> AddFollowerAsync()
    {
        var process = Add();
        await (await TakeAsync(process, "first use")).DisposeAsync();
        await SeenAsync(process);
        return process;
    }

    /// <summary>Waits until the watch of a process has told of all objects as they are.</summary>
    public async Task SeenAsync(LeaseProcess process)
    {
        using var api = new KubernetesApi(new KubernetesOptions { Server = "http://stand-in" }, handler: Server.CreateHandler());
        var page = await api.ListAsync(KubernetesKinds.Leases, new KubernetesSelection(Place), null, null, Cancel);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!page.Items.All(process.Leases.Observer.HasSeen))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        }
    }

    public bool Delete(string name = "job") => Server.Remove("leases", Place, $"cloudnative.{name}");

    public JsonObject Find(string name = "job") =>
        Server.List("leases").Single(item => (string?)item["metadata"]!["name"] == $"cloudnative.{name}");

    public static async Task LostAsync(ILease lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
