using System.Text;
using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>All that is kept of a dead letter.</summary>
internal sealed record DeadLetterDetails : DeadLetterItem
{
    public required IReadOnlyList<FailureView> History { get; init; }

    /// <summary>Who has changed the bytes, and what they were before.</summary>
    public EditView? Edit { get; init; }

    /// <summary>The bytes as text, when they are JSON.</summary>
    public string? Text { get; init; }

    /// <summary>The bytes as base64, when they are not.</summary>
    public string? Base64 { get; init; }

    public static new DeadLetterDetails Of(DeadLetter letter)
    {
        var isJson = JsonText.IsValid(letter.Raw.Span);
        return new DeadLetterDetails
        {
            Id = letter.Id,
            Topic = letter.Topic,
            Group = letter.Group,
            Position = letter.Position,
            Size = letter.Raw.Length,
            Event = letter.Event is { } value ? EventView.Of(value) : null,
            IsWaiting = letter.IsWaiting,
            Waiting = letter.Waiting,
            Failure = FailureView.Of(letter.Failure),
            Edit = letter.Edit is { } edit ? EditView.Of(edit) : null,
            IsEdited = letter.Edit is not null,
            History = [.. letter.History.Select(FailureView.Of)],
            Text = isJson ? Encoding.UTF8.GetString(letter.Raw.Span) : null,
            Base64 = isJson ? null : Convert.ToBase64String(letter.Raw.Span),
        };
    }
}
