using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;

namespace CloudNative.RabbitMq.Topology;

/// <summary>
/// Delays by queues whose messages expire: level n holds a message for 2^n units, and a message takes the
/// levels of the bits of its
/// delay, the highest first. All messages of a queue wait equally long, so none waits behind another. The
/// broker alone does it.
/// </summary>
internal static class DelayLadder
{
    public const int Levels = 28;

    public static readonly TimeSpan Unit = TimeSpan.FromMilliseconds(250);

    public static TimeSpan Longest => Unit * ((1L << Levels) - 1);

    /// <summary>In units, rounded up: nothing comes early.</summary>
    public static long UnitsOf(TimeSpan delay) => (delay.Ticks + Unit.Ticks - 1) / Unit.Ticks;

    public static void Check(OutgoingEvent outgoing)
    {
        if (outgoing.Delay < TimeSpan.Zero || outgoing.Delay > Longest)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotPublishable} Event '{outgoing.Event.Id}' is to be held back for {outgoing.Delay}; RabbitMQ can do it for "
                + $"up to {Longest.TotalDays:N0} days here. Publish it later.");
        }
    }

    public static TimeSpan TimeOf(int level) => Unit * (1L << level);

    /// <summary>The level that a delay begins with.</summary>
    public static int FirstLevel(long units) => (int)Math.Floor(Math.Log2(units));

    /// <summary>The bits from the highest level, then where the message goes when they are through.</summary>
    public static string RoutingKey(long units, string target, string lastWord) => string.Create(
        (Levels * 2) + target.Length + 1 + lastWord.Length, (units, target, lastWord), static (text, state) =>
        {
            for (var level = Levels - 1; level >= 0; level--)
            {
                var place = (Levels - 1 - level) * 2;
                text[place] = ((state.units >> level) & 1) == 1 ? '1' : '0';
                text[place + 1] = '.';
            }

            var rest = text[(Levels * 2)..];
            Names.Word(state.target).CopyTo(rest);
            rest[state.target.Length] = '.';
            state.lastWord.CopyTo(rest[(state.target.Length + 1)..]);
        });

    /// <summary>What a level takes off (<c>1</c>) or passes down (<c>0</c>).</summary>
    public static string Pattern(int level, char bit) =>
        string.Concat(Enumerable.Repeat("*.", Levels - 1 - level)) + bit + ".#";

    /// <summary>What reaches a target when its time has come.</summary>
    public static string DuePattern(string target) => $"#.{Names.Word(target)}.*";
}
