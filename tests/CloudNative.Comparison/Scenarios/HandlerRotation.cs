using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// Handlers of IHttpClientFactory that expire, as those of every client do all two minutes: what is left of them. A rotation is the end
/// of the handler of one named client, and the first call of the next.
/// </summary>
internal static class HandlerRotation
{
    public const string Name = "handler rotation";
    public const string Timers = "timers left";
    private const int Names = 1000;
    private const int MostLooks = 4;

    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1); // The shortest that the factory allows.

    public static async Task<IReadOnlyList<Row>> RunAsync(int rounds)
    {
        CreateStack[] creates = [Stacks.Here, Stacks.SwitchedOff, Stacks.ServiceDefaults];
        await using var instances = await Instances.StartAsync(healthy: 1, milliseconds: 0);
        var settings = instances.Settings();
        var stacks = creates.Select(create => create(
            settings, services => services.ConfigureHttpClientDefaults(http => http.SetHandlerLifetime(_lifetime)))).ToList();

        // Whatever each name costs once is there after the first round.
        foreach (var stack in stacks)
        {
            await TurnAsync(stack);
        }

        await SettleAsync();
        var rows = new List<Row>();
        foreach (var stack in stacks)
        {
            rows.Add(await MeasureAsync(stack, rounds));
        }

        foreach (var stack in stacks)
        {
            await stack.DisposeAsync();
        }

        return rows;
    }

    // What the others left stays as it is meanwhile.
    private static async Task<Row> MeasureAsync(Stack stack, int rounds)
    {
        var (timers, bytes) = (Timer.ActiveCount, GC.GetTotalMemory(forceFullCollection: true));
        for (var round = 0; round < rounds; round++)
        {
            await TurnAsync(stack);
        }

        await SettleAsync();
        return new Row(Name, stack.Name, new Dictionary<string, double>
        {
            ["rotations"] = rounds * Names,
            [Timers] = Timer.ActiveCount - timers,
            ["KiB left"] = (GC.GetTotalMemory(forceFullCollection: true) - bytes) / 1024.0,
        });
    }

    private static async Task TurnAsync(Stack stack)
    {
        for (var name = 0; name < Names; name++)
        {
            using var client = stack.Client($"client {name}");
            using var answer = await client.GetAsync(new Uri("http://catalog/"));
            answer.EnsureSuccessStatusCode();
        }

        await Task.Delay(_lifetime + TimeSpan.FromMilliseconds(200), TimeProvider.System);
    }

    // The factory looks every ten seconds for handlers that expired and that nobody holds any more; until a look changes nothing.
    private static async Task SettleAsync()
    {
        for (var (look, before) = (0, long.MaxValue); look < MostLooks && Timer.ActiveCount < before; look++)
        {
            before = Timer.ActiveCount;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(TimeSpan.FromSeconds(11), TimeProvider.System);
        }
    }
}
