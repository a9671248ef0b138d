using CloudNative.RabbitMq.Messages;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>
/// What goes with an event whose data somebody has changed, so that it is known when it fails again.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Letter">The dead letter that holds what was published.</param>
internal sealed record EditMark(string By, DateTimeOffset At, long Letter)
{
    public static EditMark? Of(IReadOnlyBasicProperties properties) =>
        MessageReader.Header(properties, HeaderNames.EditedBy) is { } by
        && MessageReader.Ticks(properties, HeaderNames.EditedAt) is { } at
        && properties.Headers!.TryGetValue(HeaderNames.EditedFrom, out var value) && value is long letter
            ? new EditMark(by, at, letter)
            : null;

    public void WriteTo(BasicProperties properties)
    {
        properties.Headers![HeaderNames.EditedBy] = By;
        properties.Headers[HeaderNames.EditedAt] = At.UtcTicks;
        properties.Headers[HeaderNames.EditedFrom] = Letter;
    }
}
