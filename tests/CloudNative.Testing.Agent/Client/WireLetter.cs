using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

internal sealed record WireLetter(
    long Id, string Topic, string Group, WireEvent? Event, byte[] Raw, long? Position, bool IsWaiting, long Waiting, WireEdit? Edit,
    IReadOnlyList<DeliveryFailure> History)
{
    public static WireLetter Of(DeadLetter letter) => new(
        letter.Id,
        letter.Topic,
        letter.Group,
        letter.Event is null ? null : WireEvent.Of(letter.Topic, letter.Event),
        letter.Raw.ToArray(),
        letter.Position,
        letter.IsWaiting,
        letter.Waiting,
        letter.Edit is { } edit ? new WireEdit(edit.Original.ToArray(), edit.By, edit.At) : null,
        letter.History);

    public DeadLetter ToLetter() => new()
    {
        Id = Id,
        Topic = Topic,
        Group = Group,
        Event = Event?.ToEnvelope(),
        Raw = Raw,
        Position = Position,
        IsWaiting = IsWaiting,
        Waiting = Waiting,
        Edit = Edit is null ? null : new DeadLetterEdit { Original = Edit.Data, By = Edit.By, At = Edit.At },
        Failure = History[^1],
        History = History,
    };
}
