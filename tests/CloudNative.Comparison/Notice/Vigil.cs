using CloudNative.Comparison.Load;

namespace CloudNative.Comparison.Notice;

/// <summary>
/// Calls of all lanes at a steady rate, whatever becomes of them, while it happens to the victim and while it comes back. All see the same
/// moment.
/// </summary>
/// <param name="Window">How long the victim is away.</param>
/// <param name="Return">How long it is waited for calls to come back to it.</param>
internal sealed record Vigil(TimeSpan Window, TimeSpan Return)
{
    private const int PerSecond = 50;
    private const double SlowestMilliseconds = 1000;
    private const double WarmSeconds = 1;
    private const double WarmMilliseconds = 250;
    private const double WellEnough = 0.8;

    // As long as nothing is sent to the victim while calls go well, attempts have stopped; what comes later tries whether it is back.
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _mostWarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    public async Task<IReadOnlyList<Sighting>> KeepAsync(Fleet fleet)
    {
        var stacks = fleet.Lanes.Select(lane => lane.Create()).ToList();
        using var done = new CancellationTokenSource();
        var loads = stacks.Select(stack => new OpenLoop(stack.Call(), _patience)).ToList();
        var running = loads.Select(load => load.RunAsync(PerSecond, double.MaxValue, done.Token)).ToList();
        await WarmUpAsync(loads);
        await fleet.Victim.HurtAsync();
        await Task.Delay(Window, TimeProvider.System);
        await fleet.Victim.HealAsync();
        await ReturnAsync(fleet);
        await done.CancelAsync();
        await Task.WhenAll(running);
        await Task.WhenAll(loads.Select(load => load.EndAsync()));
        foreach (var stack in stacks)
        {
            await stack.DisposeAsync();
        }

        return [.. fleet.Lanes.Select((lane, index) => Judge(fleet.Victim, lane.Port, loads[index]))];
    }

    // Until all calls of everybody are quick.
    private static async Task WarmUpAsync(IReadOnlyList<OpenLoop> loads)
    {
        for (var waited = TimeSpan.Zero; waited < _mostWarmUp && !loads.All(IsWarm); waited += _step)
        {
            await Task.Delay(_step, TimeProvider.System);
        }
    }

    private static bool IsWarm(OpenLoop load)
    {
        var now = load.At(TimeProvider.System.GetTimestamp());
        return IsWell(load, now - WarmSeconds, now - (WarmMilliseconds / 1000))
            && load.Failed(now - WarmSeconds, now, WarmMilliseconds) == 0;
    }

    // Calls are answered, within that time, so that a machine which stands still is not taken for callers who stay away.
    private static bool IsWell(OpenLoop load, double from, double to) =>
        load.Answered(from, to) >= WellEnough * PerSecond * (to - from) && load.Success(from, to) >= WellEnough;

    private async Task ReturnAsync(Fleet fleet)
    {
        for (var waited = TimeSpan.Zero; waited < Return && fleet.Lanes.Any(lane => fleet.Victim.Back(lane.Port) is null); waited += _step)
        {
            await Task.Delay(_step, TimeProvider.System);
        }
    }

    private Sighting Judge(Victim victim, int port, OpenLoop load)
    {
        var hurt = load.At(victim.Hurt);
        var end = hurt + Window.TotalSeconds;
        var wasted = victim.Wasted(port).Select(load.At).Where(at => at < end).Order().ToList();
        var noticed = wasted.Prepend(load.At(victim.Served(port)))
            .Where(last => last + _quiet.TotalSeconds <= end
                && !wasted.Exists(at => at > last && at <= last + _quiet.TotalSeconds)
                && IsWell(load, last, last + _quiet.TotalSeconds))
            .Select(last => (double?)(last - hurt))
            .Min();
        var back = victim.Back(port);
        return new Sighting(
            noticed * 1000,
            load.Failed(hurt, end, SlowestMilliseconds),
            wasted.Count,
            back is null ? null : TimeProvider.System.GetElapsedTime(victim.Healed, back.Value).TotalMilliseconds);
    }
}
