using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>An event arrives with every attribute it was given.</summary>
    [Fact]
    public async Task Append_EveryAttribute_ArrivesUnchanged()
    {
        var sent = new EventEnvelope
        {
            Id = "one",
            Source = "/services/ordering",
            Type = "orders.placed.v2",
            Subject = "order-7",
            Time = new DateTimeOffset(2026, 3, 29, 1, 59, 59, TimeSpan.FromHours(2)).AddTicks(1234567),
            DataContentType = "application/json; charset=utf-8",
            DataSchema = "https://example.org/orders/2",
            Key = "customer-9",
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            TraceState = "vendor=value,other=1",
            Data = """{"number":7}"""u8.ToArray(),
        };
        AssertSame(sent, (await SendAsync(sent)).Event);
    }

    /// <summary>What an event was not given is not there when it arrives.</summary>
    [Fact]
    public async Task Append_OnlyWhatIsRequired_ArrivesWithoutTheRest()
    {
        var sent = new EventEnvelope { Id = "1", Source = "/s", Type = "t" };
        AssertSame(sent, (await SendAsync(sent)).Event);
    }

    /// <summary>An empty text is not the same as none.</summary>
    [Fact]
    public async Task Append_EmptyTexts_StayEmpty()
    {
        var sent = new EventEnvelope
        {
            Id = "1",
            Source = "/s",
            Type = "t",
            Subject = string.Empty,
            DataContentType = string.Empty,
            DataSchema = string.Empty,
            TraceState = string.Empty,
            Extensions = new Dictionary<string, object> { ["empty"] = string.Empty },
        };
        AssertSame(sent, (await SendAsync(sent)).Event);
    }

    /// <summary>Data is bytes; it need not be text.</summary>
    [Fact]
    public async Task Append_EveryByte_ArrivesUnchanged()
    {
        byte[] data = [.. Enumerable.Range(0, 1024).Select(number => (byte)number)];
        var arrived = await SendAsync(new EventEnvelope { Id = "1", Source = "/s", Type = "t", Data = data });
        Assert.Equal(data, arrived.Event.Data.ToArray());
    }

    /// <summary>Extensions keep their names, values and types.</summary>
    [Fact]
    public async Task Append_Extensions_KeepTheirTypes()
    {
        var sent = new EventEnvelope
        {
            Id = "1",
            Source = "/s",
            Type = "t",
            Extensions = new Dictionary<string, object>
            {
                ["text"] = "true",
                ["yes"] = true,
                ["no"] = false,
                ["zero"] = 0,
                ["least"] = int.MinValue,
                ["most"] = int.MaxValue,
            },
        };
        AssertSame(sent, (await SendAsync(sent)).Event);
    }

    /// <summary>Times keep their ticks and their offset, from the first year to the last.</summary>
    /// <param name="time">The time, in the round-trip format.</param>
    [Theory]
    [InlineData("1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("1969-12-31T23:59:59.9999999+05:30")]
    [InlineData("2026-07-01T12:00:00.0000001-11:00")]
    public async Task Append_Time_ArrivesToTheTick(string time)
    {
        var sent = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        var arrived = await SendAsync(new EventEnvelope { Id = "1", Source = "/s", Type = "t", Time = sent });
        Assert.True(arrived.Event.Time is { } same && same.EqualsExact(sent), $"{arrived.Event.Time:O} is not {sent:O}");
    }

    /// <summary>Attributes may hold any writing.</summary>
    /// <param name="text">The text.</param>
    [Theory]
    [InlineData("Grüße, 世界 👩‍👩‍👧 e\u0301 \u202E")]
    [InlineData("o'brien \"x\"; DROP TABLE event; -- % _ \\")]
    public async Task Append_UnusualText_ArrivesUnchanged(string text)
    {
        var sent = new EventEnvelope
        {
            Id = text,
            Source = "/s#" + text,
            Type = text,
            Subject = text,
            Key = text,
            Extensions = new Dictionary<string, object> { ["text"] = text },
        };
        AssertSame(sent, (await SendAsync(sent)).Event);
    }

    /// <summary>Ids and keys may be long.</summary>
    [Fact]
    public async Task Append_LongIdAndKey_ArriveUnchanged()
    {
        var sent = new EventEnvelope { Id = new string('i', 1_000), Source = "/s", Type = "t", Key = new string('k', 1_000) };
        AssertSame(sent, (await SendAsync(sent)).Event);
    }

    /// <summary>An event nearly as large as the transport takes arrives whole.</summary>
    [Fact]
    public async Task Append_Large_ArrivesWhole()
    {
        Assert.True(Subject.First.MaxEventSize >= 64 * 1024, "64 KiB is the least that CloudEvents expects to pass.");
        var data = new byte[Subject.First.MaxEventSize - 4_096];
        new Random(7).NextBytes(data);
        var arrived = await SendAsync(new EventEnvelope { Id = "1", Source = "/s", Type = "t", Data = data });
        Assert.True(arrived.Event.Data.Span.SequenceEqual(data));
    }

    /// <summary>The events of a batch arrive in its order, with positions in that order.</summary>
    [Fact]
    public async Task Append_Batch_ArrivesInOrder()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = 100 });
        await AppendNumbersAsync(100);
        var arrived = await sink.NextAsync(100);
        Assert.Equal(Numbers(100), Ids(arrived.OrderBy(delivery => delivery.Position)));
    }

    /// <summary>A batch may go to several topics.</summary>
    [Fact]
    public async Task Append_BatchToTwoTopics_ReachesBoth()
    {
        var orders = NewSink();
        var bills = NewSink();
        await SubscribeFirstAsync(orders);
        await SubscribeFirstAsync(bills, spec => spec with { Topic = "bills" });
        await Subject.First.AppendAsync(
            [new(Topic, Event("1")), new("bills", Event("2")), new(Topic, Event("3")), new("bills", Event("4"))], Cancelled);
        Assert.Equal(["1", "3"], Ids((await orders.NextAsync(2)).OrderBy(delivery => delivery.Position)));
        Assert.Equal(["2", "4"], Ids((await bills.NextAsync(2)).OrderBy(delivery => delivery.Position)));
        await AssertSilentAsync(orders, bills);
    }

    /// <summary>A batch that cannot be stored as a whole is not stored at all.</summary>
    [Fact]
    public async Task Append_OneOfTheBatchIsRefused_StoresNothing()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await Assert.ThrowsAnyAsync<Exception>(() => Subject.First.AppendAsync(
            [new(Topic, Event("1")), new("no name for a topic", Event("2")), new(Topic, Event("3"))], Cancelled).AsTask());
        await AppendAsync(Event("4"));
        var arrived = await sink.NextAsync();
        Assert.Equal("4", arrived.Event.Id);
        AssertPosition(1, arrived);
        await AssertSilentAsync(sink);
    }

    /// <summary>Positions are dense and begin with 1, however many publish at once.</summary>
    [Fact]
    public async Task Append_ManyAtOnceFromTwoProcesses_PositionsAreDense()
    {
        const int publishers = 16;
        const int each = 12;
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = publishers * each });
        await Task.WhenAll(Enumerable.Range(0, publishers).Select(publisher => Task.Run(async () =>
        {
            for (var number = 0; number < each; number++)
            {
                await AppendAsync(publisher % 2 == 0 ? Subject.First : Subject.Second, Event($"{publisher}-{number}"));
            }
        })));
        var arrived = await sink.NextAsync(publishers * each);
        if (HasLog)
        {
            Assert.Equal(Enumerable.Range(1, publishers * each).Select(position => (long?)position), arrived
                .Select(delivery => delivery.Position).Order());
        }

        foreach (var publisher in arrived.GroupBy(delivery => delivery.Event.Id.Split('-')[0]))
        {
            Assert.Equal(
                Numbers(each),
                publisher.OrderBy(delivery => delivery.Position).Select(delivery => delivery.Event.Id.Split('-')[1]));
        }
    }

    /// <summary>Each topic counts for itself.</summary>
    [Fact]
    public async Task Append_TwoTopics_CountTheirOwnPositions()
    {
        NeedLog();
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await SubscribeFirstAsync(sink, spec => spec with { Topic = "bills" });
        await AppendAsync(Event("1"));
        Assert.Equal(1, (await sink.NextAsync()).Position);
        await Subject.First.AppendAsync([new("bills", Event("2"))], Cancelled);
        Assert.Equal(1, (await sink.NextAsync()).Position);
    }

    /// <summary>The longest name works for topics and groups, with all characters that are allowed.</summary>
    [Fact]
    public async Task Append_LongestNames_AreTaken()
    {
        var name = "a.B-c_d:9".PadRight(EventTopic.LongestName, 'x');
        var sink = NewSink();
        await SubscribeSecondAsync(sink, spec => spec with { Topic = name, Group = name });
        await Subject.First.AppendAsync([new(name, Event("1"))], Cancelled);
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>A cancelled attempt stores nothing and says so.</summary>
    [Fact]
    public async Task Append_Cancelled_ThrowsAndStoresNothing()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.First
            .AppendAsync([new(Topic, Event("1"))], new CancellationToken(true)).AsTask());
        await AssertSilentAsync(sink);
    }

    /// <summary>What is acknowledged is there though its publisher dies in the next moment.</summary>
    [Fact]
    public async Task Append_PublisherDiesAfterTheAcknowledgement_EventIsThere()
    {
        NeedSubject(Subject.CanKill, "kill a process");
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendAsync(Event("1"), Event("2"));
        await Subject.KillFirstAsync();
        await AppendAsync(Subject.Second, Event("3"));
        Assert.Equal(["1", "2", "3"], Ids((await sink.NextAsync(3)).OrderBy(delivery => delivery.Position)));
    }

    private static void AssertSame(EventEnvelope expected, EventEnvelope actual)
    {
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Subject, actual.Subject);
        Assert.Equal(expected.Time, actual.Time);
        Assert.Equal(expected.DataContentType, actual.DataContentType);
        Assert.Equal(expected.DataSchema, actual.DataSchema);
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.TraceParent, actual.TraceParent);
        Assert.Equal(expected.TraceState, actual.TraceState);
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
        Assert.Equal(
            (expected.Extensions ?? new Dictionary<string, object>()).OrderBy(pair => pair.Key),
            (actual.Extensions ?? new Dictionary<string, object>()).OrderBy(pair => pair.Key));
    }

    // From one process to the other, so that a transport cannot hand over the very object.
    private async Task<EventDelivery> SendAsync(EventEnvelope sent)
    {
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendAsync(sent);
        return await sink.NextAsync();
    }
}
