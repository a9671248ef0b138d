using CloudNative.Eventing;
using CloudNative.Testing.Conformance.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>A dead letter says where it came from, why it was given up, and holds the event and its bytes.</summary>
    [Fact]
    public async Task DeadLetters_Listed_SayEverything()
    {
        var letters = NeedDeadLetters();
        byte[] data = [0, 255, 1, 254];
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendAsync(
            Event("1"), new EventEnvelope { Id = "2", Source = "/s", Type = "t", Key = "k", Subject = "x", Data = data });
        var arrived = (await sink.NextAsync(2)).OrderBy(delivery => delivery.Position).ToList();
        var failure = new DeliveryFailure(DeadLetterReason.NotDeserializable, "no JSON: Grüße", Subject.Now, 1);
        Assert.True(await arrived[1].SettleAsync(Settlement.DeadLetter(failure), Cancelled));
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal((Topic, Group, HasLog ? 2L : (long?)null), (letter.Topic, letter.Group, letter.Position));
        AssertSame(arrived[1].Event, letter.Event!);
        Assert.Equal(data, letter.Raw.ToArray());
        Assert.Equal(failure, letter.Failure);
        Assert.Equal([failure], letter.History);
        Assert.True(letter.Id > 0);
    }

    /// <summary>The history holds the failed attempts in order; of many the first and the last nine.</summary>
    [Fact]
    public async Task DeadLetters_AfterManyAttempts_KeepTheFirstAndTheLastNine()
    {
        var letters = NeedDeadLetters();
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        for (var attempt = 1; attempt < 15; attempt++)
        {
            var delivery = await sink.NextAsync();
            Assert.True(await delivery.SettleAsync(Settlement.Retry(TimeSpan.Zero, Failure(delivery, $"no {attempt}")), Cancelled));
        }

        await GiveUpAsync(await sink.NextAsync(), "no 15");
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal([1, 7, 8, 9, 10, 11, 12, 13, 14, 15], letter.History.Select(failure => failure.Attempt));
        Assert.All(letter.History, failure => Assert.Equal($"no {failure.Attempt}", failure.Detail));
        Assert.Equal("no 15", letter.Failure.Detail);
    }

    /// <summary>A long detail is cut, not refused.</summary>
    [Fact]
    public async Task DeadLetters_LongDetail_IsCut()
    {
        var letters = NeedDeadLetters();
        await GiveUpOneAsync("1", new string('x', 5_000));
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(new string('x', 2_000), letter.Failure.Detail);
    }

    /// <summary>The list is in order of the ids, and can be read page by page.</summary>
    [Fact]
    public async Task DeadLetters_PageByPage_AreComplete()
    {
        var letters = NeedDeadLetters();
        await GiveUpManyAsync(7);
        var read = new List<DeadLetter>();
        while (true)
        {
            var page = await letters.ListAsync(
                new DeadLetterQuery { After = read.Count == 0 ? 0 : read[^1].Id, Limit = 3 }, Cancelled);
            Assert.True(page.Count <= 3);
            if (page.Count == 0)
            {
                break;
            }

            read.AddRange(page);
        }

        Assert.Equal(7, read.Count);
        Assert.Equal(read.Select(letter => letter.Id).Distinct().Order(), read.Select(letter => letter.Id));
    }

    /// <summary>The list can be narrowed to a topic and a group.</summary>
    [Fact]
    public async Task DeadLetters_Filtered_AreThoseOfTopicAndGroup()
    {
        var letters = NeedDeadLetters();
        foreach (var (topic, group) in ((string, string)[])[("a", "x"), ("a", "y"), ("b", "x")])
        {
            var sink = NewSink();
            await SubscribeFirstAsync(sink, spec => spec with { Topic = topic, Group = group, Start = EventStart.Next });
            await Subject.First.AppendAsync([new(topic, Event($"{topic}{group}"))], Cancelled);
            await GiveUpAsync(await sink.NextAsync());
        }

        async Task<List<string>> ListAsync(string? topic, string? group) =>
            [.. (await letters.ListAsync(new DeadLetterQuery { Topic = topic, Group = group }, Cancelled))
                .Select(letter => $"{letter.Topic}{letter.Group}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["ax", "ay", "bx"], await ListAsync(null, null));
        Assert.Equal(["ax", "ay"], await ListAsync("a", null));
        Assert.Equal(["ax", "bx"], await ListAsync(null, "x"));
        Assert.Equal(["bx"], await ListAsync("b", "x"));
        Assert.Equal([], await ListAsync("b", "y"));
    }

    /// <summary>One can be found by its id, from another process; an unknown id finds nothing.</summary>
    [Fact]
    public async Task DeadLetters_Find_GivesTheOne()
    {
        var letters = NeedDeadLetters();
        await GiveUpOneAsync("1");
        var id = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Id;
        var found = await Assert.IsAssignableFrom<IDeadLetterStore>(Subject.Second).FindAsync(id, Cancelled);
        Assert.Equal("1", found!.Event!.Id);
        Assert.Null(await letters.FindAsync(id + 1_000, Cancelled));
    }

    /// <summary>A replayed dead letter leaves the list and comes again as a first attempt, with an empty history.</summary>
    [Fact]
    public async Task DeadLetters_Replayed_ComeAgainAsFirstAttempts()
    {
        var letters = NeedDeadLetters();
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await RetryAsync(await sink.NextAsync());
        await GiveUpAsync(await sink.NextAsync());
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(1, await letters.ReplayAsync([letter.Id, letter.Id + 1_000], Cancelled));
        var again = await sink.NextAsync();
        Assert.Equal(("1", 1, letter.Position), (again.Event.Id, again.Attempt, again.Position));
        AssertSame(letter.Event!, again.Event);
        Assert.Empty(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(1, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        await GiveUpAsync(again, "again");
        var second = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.True(second.Id > letter.Id);
        Assert.Equal(["again"], second.History.Select(failure => failure.Detail));
    }

    /// <summary>A dead letter goes back once, however often that is asked for.</summary>
    [Fact]
    public async Task DeadLetters_ReplayedTwice_ComeOnce()
    {
        var letters = NeedDeadLetters();
        var sink = await GiveUpOneAsync("1");
        var id = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Id;
        Assert.Equal(1, await letters.ReplayAsync([id, id], Cancelled));
        Assert.Equal(0, await letters.ReplayAsync([id], Cancelled));
        await CompleteAsync(await sink.NextAsync());
        await AssertSilentAsync(sink);
    }

    /// <summary>A dead letter goes back to the group that gave it up, and to nobody else.</summary>
    [Fact]
    public async Task DeadLetters_Replayed_GoToTheirGroupOnly()
    {
        var letters = NeedDeadLetters();
        var stock = NewSink();
        await SubscribeSecondAsync(stock, spec => spec with { Group = "stock" });
        var mail = await GiveUpOneAsync("1");
        await CompleteAsync(await stock.NextAsync());
        await letters.ReplayAsync([(await letters.ListAsync(new DeadLetterQuery(), Cancelled))[0].Id], Cancelled);
        await mail.NextAsync();
        await AssertSilentAsync(mail, stock);
    }

    /// <summary>What is discarded is gone, and does not come again.</summary>
    [Fact]
    public async Task DeadLetters_Discarded_AreGone()
    {
        var letters = NeedDeadLetters();
        var sink = await GiveUpOneAsync("1");
        var id = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Id;
        Assert.Equal(1, await letters.DiscardAsync([id, id + 1_000], Cancelled));
        Assert.Null(await letters.FindAsync(id, Cancelled));
        Assert.Equal(0, await letters.DiscardAsync([id], Cancelled));
        Assert.Equal(0, await letters.ReplayAsync([id], Cancelled));
        await AssertSilentAsync(sink);
    }

    /// <summary>Dead letters are there when everything was started again, with their history, and can go back.</summary>
    [Fact]
    public async Task DeadLetters_Restarted_AreStillThere()
    {
        NeedDeadLetters();
        NeedRestart();
        await GiveUpOneAsync("1", "why");
        await Subject.RestartAsync();
        var letters = NeedDeadLetters();
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(("1", "why"), (letter.Event!.Id, Assert.Single(letter.History).Detail));
        Assert.Equal(1, await letters.ReplayAsync([letter.Id], Cancelled));
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
    }

    private async Task<RecordingSink> GiveUpOneAsync(string id, string detail = "given up")
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event(id));
        await GiveUpAsync(await sink.NextAsync(), detail);
        return sink;
    }

    private async Task GiveUpManyAsync(int count)
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = count });
        await AppendNumbersAsync(count);
        foreach (var delivery in await sink.NextAsync(count))
        {
            await GiveUpAsync(delivery);
        }
    }
}
