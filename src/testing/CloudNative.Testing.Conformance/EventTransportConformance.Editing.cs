using System.Text;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>An edited dead letter says what it was, who changed it and when; a second edit keeps the first original.</summary>
    [Fact]
    public async Task DeadLetters_Edited_KeepTheOriginalAndWhoDidIt()
    {
        var letters = NeedDeadLetters();
        await GiveUpOneAsync("1");
        var id = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Id;
        Assert.Null((await letters.FindAsync(id, Cancelled))!.Edit);
        Assert.True(await letters.EditAsync(id, Bytes("[1]"), "ann", Cancelled));
        Assert.True(await letters.EditAsync(id, Bytes("[2]"), "bob", Cancelled));
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal((id, "[2]", "[2]"), (letter.Id, Text(letter.Raw), Text(letter.Event!.Data)));
        Assert.Equal(("{}", "bob"), (Text(letter.Edit!.Original), letter.Edit.By));
        var slack = TimeSpan.FromMinutes(1) + Subject.Precision;
        Assert.InRange(letter.Edit.At, Subject.Now - slack, Subject.Now + slack);
        Assert.Equal(("1", "/services/conformance"), (letter.Event.Id, letter.Event.Source));
        Assert.False(await letters.EditAsync(id + 1_000, Bytes("[3]"), "ann", Cancelled));
    }

    /// <summary>What was changed is delivered to the group that gave it up, at each attempt; others get what was published.</summary>
    [Fact]
    public async Task DeadLetters_Edited_AreDeliveredAsEditedToTheirGroupOnly()
    {
        var letters = NeedDeadLetters();
        Need(TransportCapabilities.Replay);
        var sink = await GiveUpOneAsync("1");
        var id = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Id;
        await letters.EditAsync(id, Bytes("[1]"), "ann", Cancelled);
        await letters.ReplayAsync([id], Cancelled);
        var first = await sink.NextAsync();
        Assert.Equal(("1", "[1]", 1), (first.Event.Id, Text(first.Event.Data), first.Attempt));
        await RetryAsync(first);
        var second = await sink.NextAsync();
        Assert.Equal(("[1]", 2), (Text(second.Event.Data), second.Attempt));
        var other = NewSink();
        await SubscribeSecondAsync(other, spec => FromOldest(spec) with { Group = "stock" });
        Assert.Equal("{}", Text((await other.NextAsync()).Event.Data));
        await CompleteAsync(second);
        await AssertSilentAsync(sink);
        Assert.Empty(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
    }

    /// <summary>An edited one that fails again is a dead letter with its edit, and one that is discarded takes it along.</summary>
    [Fact]
    public async Task DeadLetters_EditedFailsAgain_KeepsTheEdit()
    {
        var letters = NeedDeadLetters();
        var sink = await GiveUpOneAsync("1");
        var id = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Id;
        await letters.EditAsync(id, Bytes("[1]"), "ann", Cancelled);
        await letters.ReplayAsync([id], Cancelled);
        await GiveUpAsync(await sink.NextAsync(), "again");
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(("[1]", "{}", "ann"), (Text(letter.Raw), Text(letter.Edit!.Original), letter.Edit.By));
        Assert.Equal(1, await letters.DiscardAsync([letter.Id], Cancelled));
        await AssertSilentAsync(sink);
    }

    /// <summary>One that waits can be edited, too, and comes edited in its turn, also when its process dies with it.</summary>
    [Fact]
    public async Task Sequenced_WaitingOneIsEdited_ComesEditedInItsTurn()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 2);
        var waiting = (await ListAsync(letters, isWaiting: true))[0];
        Assert.True(await letters.EditAsync(waiting.Id, Bytes("[1]"), "ann", Cancelled));
        await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled);
        var delivery = await NextOfAsync(sink, "a0");
        Assert.Equal("{}", Text(delivery.Event.Data));
        await CompleteAsync(delivery);
        delivery = await NextOfAsync(sink, "a1");
        Assert.Equal("[1]", Text(delivery.Event.Data));
        if (Subject.CanKill)
        {
            await Subject.KillFirstAsync();
            sink = NewSink();
            await SubscribeSecondAsync(sink, InOrder);
            await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
            delivery = await NextOfAsync(sink, "a1");
            Assert.Equal("[1]", Text(delivery.Event.Data));
        }

        await CompleteAsync(delivery);
        delivery = await NextOfAsync(sink, "a2");
        Assert.Equal("{}", Text(delivery.Event.Data));
        await CompleteAsync(delivery);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
