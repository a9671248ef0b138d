using System.Text;
using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>Who has changed a dead letter.</summary>
internal sealed record EditView
{
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The bytes as they were published, as text, when they are JSON.</summary>
    public string? Text { get; init; }

    /// <summary>The same as base64, when they are not.</summary>
    public string? Base64 { get; init; }

    public static EditView Of(DeadLetterEdit edit)
    {
        var isJson = JsonText.IsValid(edit.Original.Span);
        return new EditView
        {
            By = edit.By,
            At = edit.At,
            Text = isJson ? Encoding.UTF8.GetString(edit.Original.Span) : null,
            Base64 = isJson ? null : Convert.ToBase64String(edit.Original.Span),
        };
    }
}
