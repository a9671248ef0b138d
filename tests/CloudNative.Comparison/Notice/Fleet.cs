using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Notice;

/// <summary>A service of three instances, one of which is the victim, and all who call it.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    public const string RegistryName = "here, embedded registry";
    private const int Steady = 2;
    private const string Service = "catalog";

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly TemporaryDirectory? _directory;

    private Fleet(Victim victim, IReadOnlyList<Lane> lanes, TemporaryDirectory? directory = null)
    {
        (Victim, Lanes, _directory) = (victim, lanes, directory);
        _parts.Add(victim);
    }

    public Victim Victim { get; }

    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>Instances at fixed addresses, which all callers know.</summary>
    /// <param name="callers">Who calls.</param>
    /// <param name="start">Starts the victim at these ports, one for each caller.</param>
    public static async Task<Fleet> StartAsync(
        IReadOnlyList<Caller> callers, Func<IReadOnlyList<(Face Face, int Port)>, Task<Victim>> start)
    {
        var ports = Enumerable.Range(0, Steady + 1)
            .Select(_ => callers.Select(caller => (caller.Face, FreePort.Find())).ToList()).ToList();
        var fleet = new Fleet(
            await start(ports[Steady]),
            [.. callers.Select((caller, lane) => new Lane(caller.Name, ports[Steady][lane].Item2, () => caller.Create(Settings(lane))))]);
        foreach (var instance in ports.Take(Steady))
        {
            fleet._parts.Add(await MoodyServer.StartAsync(instance));
        }

        return fleet;

        Dictionary<string, string?> Settings(int lane) => ports.Index().ToDictionary(
            instance => ServiceAddresses.Key(Service, instance.Item[lane].Item1, instance.Index),
            instance => (string?)$"http://127.0.0.1:{instance.Item[lane].Item2}");
    }

    /// <summary>Processes that register themselves, and a caller who watches the registry.</summary>
    public static async Task<Fleet> StartRegisteredAsync(bool isKilled, ConnectionFailures failures)
    {
        var directory = new TemporaryDirectory();
        var settings = new Dictionary<string, string?>
        {
            ["CloudNative:Embedded:DataDirectory"] = directory.Path,
            ["CloudNative:Discovery:Provider"] = "Embedded",
        };
        var fleet = new Fleet(
            await ProcessVictim.StartAsync(Replica.Here(directory.Path), isKilled, failures),
            [new Lane(RegistryName, 0, () => Stacks.Here(settings, services => services.AddCloudNativeEmbedded()))],
            directory);
        for (var i = 0; i < Steady; i++)
        {
            var replica = Replica.Here(directory.Path);
            await replica.StartAsync();
            fleet._parts.Add(replica);
        }

        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }

        _directory?.Dispose();
    }
}
