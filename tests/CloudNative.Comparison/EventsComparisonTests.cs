using CloudNative.Comparison.Events;
using CloudNative.Comparison.Scenarios;
using CloudNative.Eventing;
using CloudNative.TestSupport.Figures;

namespace CloudNative.Comparison;

/// <summary>
/// What an event costs within a process. Rates and times wander on a shared machine; they are printed, and bytes are gated.
/// </summary>
public sealed class EventsComparisonTests(ITestOutputHelper log)
{
    private const double MostOverFloor = 150;

    [Fact]
    public async Task InMemory_AnEventAllocatesLittleMoreThanTheFloor()
    {
        ReleaseBuild.Require(typeof(EventingOptions));
        var rows = (await EventsInMemory.RunAsync(Scale.Quick)).ToDictionary(row => row.Stack);
        foreach (var row in rows.Values)
        {
            log.WriteLine($"{row.Stack}: {row[EventsInMemory.Bytes]:0} B, {row[EventsInMemory.Share]:0} % of the floor's rate");
        }

        Assert.True(rows[HerePeer.HereName][EventsInMemory.OverFloor] <= MostOverFloor);
        Assert.True(rows[MassTransitPeer.MassTransitName][EventsInMemory.Bytes] > 4 * rows[HerePeer.HereName][EventsInMemory.Bytes]);
    }

    [Fact]
    public async Task FirstEvent_IsThereWhileThePeerStillStarts()
    {
        ReleaseBuild.Require(typeof(EventingOptions));
        var rows = (await FirstMessage.RunAsync(Scale.Quick)).ToDictionary(row => row.Stack);
        foreach (var row in rows.Values)
        {
            log.WriteLine($"{row.Stack}: {row[FirstMessage.OverBare]:0} ms over a bare host");
        }

        Assert.True(rows[HerePeer.HereName][FirstMessage.OverBare] < rows[WolverinePeer.WolverineName][FirstMessage.OverBare] / 2);
    }
}
