using System.Collections.Concurrent;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.Tests.Publishing;

public sealed class EventIdsTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.FromHours(2));

    [Fact]
    public void Next_Any_IsVersion7WithItsTime()
    {
        var id = new EventIds().Next(_now);
        var text = id.ToString("N");

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(_now.ToUnixTimeMilliseconds(), long.Parse(text[..12], System.Globalization.NumberStyles.HexNumber, null));
    }

    [Theory]
    [InlineData(1970)]
    [InlineData(9999)]
    public void Next_FarYears_KeepsTheirTime(int year)
    {
        var time = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(Guid.CreateVersion7(time).ToString("N")[..13], new EventIds().Next(time).ToString("N")[..13]);
    }

    [Fact]
    public void Next_ManyAtOnce_AreAllDifferent()
    {
        const int Each = 20_000;
        var ids = new EventIds();
        var seen = new ConcurrentBag<Guid>();

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < Each; i++)
            {
                seen.Add(ids.Next(_now));
            }
        });

        Assert.Equal(4 * Each, seen.Distinct().Count());
    }

    [Fact]
    public void Next_OneTime_EveryRandomBitIsUsed()
    {
        var ids = new EventIds();
        var zeros = new UInt128[] { UInt128.MaxValue, UInt128.MaxValue };
        for (var i = 0; i < 500; i++)
        {
            var bits = new UInt128(0, 0);
            foreach (var part in ids.Next(_now).ToByteArray(bigEndian: true))
            {
                bits = (bits << 8) | part;
            }

            zeros[0] &= bits;
            zeros[1] &= ~bits;
        }

        // 74 bits vary: all but 48 of time, 4 of version and 2 of variant.
        Assert.Equal(74, (int)UInt128.PopCount(~(zeros[0] | zeros[1])));
    }
}
