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

    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1); // The shortest that the factory allows.

    public static async Task<IReadOnlyList<Row>> RunAsync(int rounds)
    {
        CreateStack[] stacks = [Stacks.Here, Stacks.ServiceDefaults];
        await using var instances = await Instances.StartAsync(healthy: 1, milliseconds: 0);
        var rows = new List<Row>();
        foreach (var create in stacks)
        {
            await using var stack = create(
                instances.Settings(), services => services.ConfigureHttpClientDefaults(http => http.SetHandlerLifetime(_lifetime)));
            rows.Add(await MeasureAsync(stack, rounds));
        }

        return rows;
    }

    private static async Task<Row> MeasureAsync(Stack stack, int rounds)
    {
        // Whatever each name costs once is there after the first round.
        await TurnAsync(stack);
        await SettleAsync();
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

    // The factory looks every ten seconds for handlers that expired and that nobody holds any more.
    private static async Task SettleAsync()
    {
        for (var look = 0; look < 3; look++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(TimeSpan.FromSeconds(11), TimeProvider.System);
        }
    }
}
