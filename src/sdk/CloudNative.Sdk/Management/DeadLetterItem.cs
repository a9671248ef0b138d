using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>A dead letter in the list.</summary>
internal record DeadLetterItem
{
    public required long Id { get; init; }

    public required string Topic { get; init; }

    public required string Group { get; init; }

    public long? Position { get; init; }

    /// <summary>How many bytes arrived.</summary>
    public required int Size { get; init; }

    public EventView? Event { get; init; }

    /// <summary>Whether it waits behind an earlier dead letter of its key, untried.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>How many events of its key wait behind it.</summary>
    public long Waiting { get; init; }

    /// <summary>Whether somebody has changed its bytes.</summary>
    public bool IsEdited { get; init; }

    public required FailureView Failure { get; init; }

    public static DeadLetterItem Of(DeadLetter letter) => new()
    {
        Id = letter.Id,
        Topic = letter.Topic,
        Group = letter.Group,
        Position = letter.Position,
        Size = letter.Raw.Length,
        Event = letter.Event is { } value ? EventView.Of(value) : null,
        IsEdited = letter.Edit is not null,
        IsWaiting = letter.IsWaiting,
        Waiting = letter.Waiting,
        Failure = FailureView.Of(letter.Failure),
    };
}
