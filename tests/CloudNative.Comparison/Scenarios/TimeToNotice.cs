using CloudNative.Comparison.Load;
using CloudNative.Comparison.Notice;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// One of three instances dies, falls silent, begins to fail or leaves: how long until calls no longer go to it, what that cost, and how
/// long until it gets calls again once it is back. All callers see the same moment; each repetition begins with new ones.
/// </summary>
internal static class TimeToNotice
{
    public const string Killed = "killed (SIGKILL)";
    public const string Silent = "a black hole";
    public const string Failing = "answers 503";
    public const string Leaves = "leaves";
    public const string Noticed = "noticed %";
    public const string Last = "last attempt p50, ms";
    public const string Failed = "calls failed";
    public const string Wasted = "attempts wasted";
    public const string Back = "calls again p50, ms";

    private static readonly Vigil _short = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
    private static readonly Vigil _long = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

    // Longer than the attempt's timeout that all of them have.
    private static readonly Vigil _silence = _long with { Window = TimeSpan.FromSeconds(15) };

    private static readonly IReadOnlyList<Caller> _few =
    [
        new(Stacks.HereName, Face.Http, Stacks.Here),
        new(Stacks.BlindName, Face.Http, Stacks.Blind),
        new(Stacks.SwitchedOffName, Face.Http, Stacks.SwitchedOff),
        new(Stacks.ServiceDefaultsName, Face.Http, Stacks.ServiceDefaults),
        new(Stacks.PlainName, Face.Http, Stacks.Plain),
        new(GrpcStacks.HereName, Face.Grpc, GrpcStacks.Here),
        new(GrpcStacks.BlindName, Face.Grpc, GrpcStacks.Blind),
        new(GrpcStacks.RoundRobinName, Face.Grpc, GrpcStacks.RoundRobin),
    ];

    private static readonly IReadOnlyList<Caller> _all =
    [
        .. _few,
        new(Stacks.WithoutEjectionName, Face.Http, Stacks.WithoutEjection),
        new(Stacks.HedgingName, Face.Http, Stacks.Hedging),
        new(Stacks.ByAuthorityName, Face.Http, Stacks.ByAuthority),
        new(Stacks.PollyName, Face.Http, Stacks.Polly),
        new(Stacks.YarpName, Face.Http, Stacks.Yarp),
    ];

    /// <summary>Five callers more, ten times each, one thing after another; or once each, processes beside servers in this one.</summary>
    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        if (scale == Scale.Full)
        {
            return
            [
                .. await LoseProcessAsync(Killed, isKilled: true, _long, _all, 10),
                .. await LoseProcessAsync(Leaves, isKilled: false, _long, _all, 10),
                .. await SpoilServerAsync(Silent, Mood.Silent, _silence, _all, 10),
                .. await SpoilServerAsync(Failing, Mood.Failing, _long, _all, 10),
            ];
        }

        // Processes take their time to start, in which the others keep vigil.
        var rows = await Task.WhenAll(LoseAsync(), SpoilAsync());
        return [.. rows.SelectMany(seen => seen)];

        static async Task<IReadOnlyList<Row>> LoseAsync() =>
        [
            .. await LoseProcessAsync(Killed, isKilled: true, _short, _few, 1),
            .. await LoseProcessAsync(Leaves, isKilled: false, _short, _few, 1),
        ];

        static async Task<IReadOnlyList<Row>> SpoilAsync() =>
        [
            .. await SpoilServerAsync(Silent, Mood.Silent, _short, _few, 1),
            .. await SpoilServerAsync(Failing, Mood.Failing, _short, _few, 1),
        ];
    }

    private static async Task<IReadOnlyList<Row>> LoseProcessAsync(
        string what, bool isKilled, Vigil vigil, IReadOnlyList<Caller> callers, int times)
    {
        using var failures = new ConnectionFailures();
        await using var fleet = await Fleet.StartAsync(
            callers, async ports => await ProcessVictim.StartAsync(Replica.At(ports), isKilled, failures));
        await using var registered = await Fleet.StartRegisteredAsync(isKilled, failures);
        var rows = await Task.WhenAll(KeepAsync(what, vigil, registered, times), KeepAsync(what, vigil, fleet, times));
        return [.. rows.SelectMany(seen => seen)];
    }

    private static async Task<IReadOnlyList<Row>> SpoilServerAsync(
        string what, Mood mood, Vigil vigil, IReadOnlyList<Caller> callers, int times)
    {
        await using var fleet = await Fleet.StartAsync(
            callers, async ports => new MoodyVictim(await MoodyServer.StartAsync(ports), mood));
        return await KeepAsync(what, vigil, fleet, times);
    }

    private static async Task<IReadOnlyList<Row>> KeepAsync(string what, Vigil vigil, Fleet fleet, int times)
    {
        var sightings = new List<IReadOnlyList<Sighting>>();
        for (var time = 0; time < times; time++)
        {
            sightings.Add(await vigil.KeepAsync(fleet));
        }

        return [.. fleet.Lanes.Select((lane, index) => ToRow(what, lane.Name, vigil, [.. sightings.Select(seen => seen[index])]))];
    }

    // What did not happen within the time counts as that time.
    private static Row ToRow(string what, string name, Vigil vigil, IReadOnlyList<Sighting> sightings)
    {
        var last = sightings.Select(seen => seen.Noticed ?? vigil.Window.TotalMilliseconds).Order().ToList();
        var back = sightings.Select(seen => seen.Back ?? vigil.Return.TotalMilliseconds).Order().ToList();
        return new Row($"1 of 3 {what}", name, new Dictionary<string, double>
        {
            [Noticed] = 100.0 * sightings.Count(seen => seen.Noticed is not null) / sightings.Count,
            [Last] = last[last.Count / 2],
            ["p99, ms"] = last[^1],
            [Failed] = sightings.Average(seen => seen.Failed),
            [Wasted] = sightings.Average(seen => seen.Wasted),
            [Back] = back[back.Count / 2],
            ["again p99, ms"] = back[^1],
        });
    }
}
