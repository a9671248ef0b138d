using System.Buffers;
using System.Text;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

/// <summary>Whatever is valid comes back as it was, in all three modes.</summary>
public sealed class CloudEventFormatTests(ITestOutputHelper log)
{
    private const int Rounds = 2_000;
    private readonly CloudEventFormat _format = new();

    [Fact]
    public void Write_ThenRead_RandomEventsAreTheSame()
    {
        var events = Generate();
        var output = new ArrayBufferWriter<byte>();
        foreach (var value in events)
        {
            output.ResetWrittenCount();
            _format.Write(value, output);
            Assert.Equal(Cases.Describe(value), Cases.Describe(_format.Read(output.WrittenMemory)));
        }

        output.Clear();
        _format.WriteBatch(events, output);
        Assert.Equal(events.Select(Cases.Describe), _format.ReadBatch(output.WrittenMemory).Select(Cases.Describe));
    }

    [Fact]
    public void WriteHeaders_ThenReadMessage_RandomEventsAreTheSameButForTypesOfExtensions()
    {
        foreach (var value in Generate())
        {
            var headers = new Dictionary<string, string>();
            _format.WriteHeaders(value, headers);
            Assert.All(headers.Values, text => Assert.True(Ascii.IsValid(text)));
            var read = Assert.Single(_format.ReadMessage(headers, value.Data));

            Assert.Equal(value.DataContentType ?? "application/json", read.DataContentType);
            Assert.Equal(Lose(Cases.Describe(value)), Lose(Cases.Describe(read)));
        }

        static string Lose(string text) => text.Replace("|application/json|", "|-|", StringComparison.Ordinal)
            .Replace("=Int32:", "=String:", StringComparison.Ordinal)
            .Replace("=Boolean:True", "=String:true", StringComparison.Ordinal)
            .Replace("=Boolean:False", "=String:false", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomlyDamagedEvents_AreReadOrRefusedAndNothingElse()
    {
        var random = new Random(Seed());
        var output = new ArrayBufferWriter<byte>();
        foreach (var value in Generate())
        {
            output.ResetWrittenCount();
            _format.Write(value, output);
            var document = output.WrittenSpan.ToArray();
            for (var i = 0; i < 4; i++)
            {
                document[random.Next(document.Length)] = (byte)random.Next(256);
            }

            try
            {
                _format.Check(_format.Read(document));
            }
            catch (MalformedEventException refusal)
            {
                Assert.StartsWith("CN9020 ", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Write_Warm_AllocatesOneObject()
    {
        var value = Sample();
        var output = new ArrayBufferWriter<byte>(4096);
        var bytes = Measure(() =>
        {
            output.ResetWrittenCount();
            _format.Write(value, output);
        });

        log.WriteLine($"write: {bytes} B");
        Assert.InRange(bytes, 0, 200);
    }

    [Fact]
    public void Read_Warm_AllocatesTheEnvelopeAndItsStrings()
    {
        var document = Encoding.UTF8.GetBytes(Cases.Write(Sample()));
        EventEnvelope? read = null;
        var bytes = Measure(() => read = _format.Read(document));
        string[] texts = [read!.Id, read.Source, read.Type, read.Subject!, read.DataContentType!, read.Key!, read.TraceParent!];

        // The envelope has 12 references and values; a string has 22 bytes beside its characters, rounded up to 8. Nothing else but "1.0".
        var floor = texts.Sum(text => 22 + 8 + (2 * text.Length)) + 160 + 32;
        log.WriteLine($"read: {bytes} B of {floor}");
        Assert.InRange(bytes, 0, floor);
    }

    private static long Measure(Action act)
    {
        for (var i = 0; i < 100; i++)
        {
            act();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            act();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    private static EventEnvelope Sample() => new()
    {
        Id = "0198c0de-0000-7000-8000-000000000001",
        Source = "/services/orders",
        Type = "orders.placed.v2",
        Subject = "order 41",
        Time = DateTimeOffset.UnixEpoch,
        DataContentType = "application/json",
        Key = "41",
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        Data = """{"order":41,"lines":[{"sku":"a","count":2}]}"""u8.ToArray(),
    };

    private List<EventEnvelope> Generate()
    {
        var generator = new RandomEvents(new Random(Seed()));
        return [.. Enumerable.Range(0, Rounds).Select(_ => generator.Next())];
    }

    private int Seed()
    {
        var seed = Environment.TickCount;
        log.WriteLine($"seed {seed}");
        return seed;
    }
}
