using System.Buffers;
using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Publishing;

/// <summary>
/// What CloudEvents 1.0 allows in attributes
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type-system).
/// </summary>
internal static class AttributeRules
{
    private const string Digits = "0123456789";
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Digits);

    private static readonly SearchValues<string> Reserved = SearchValues.Create(
        [
            "specversion", "id", "source", "type", "datacontenttype", "dataschema", "subject", "time", "data", "database64",
            "partitionkey", "traceparent", "tracestate",
        ],
        StringComparison.Ordinal);

    /// <summary>Refuses a text that no attribute may hold.</summary>
    public static void Check(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length == 0)
        {
            throw Bad(name, "is empty", "leave it out or give it a value");
        }

        for (var i = 0; i < value.Length; i++)
        {
            var isPair = char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (!isPair && IsForbidden(value[i]))
            {
                throw Bad(
                    name, $"holds the character U+{(int)value[i]:X4} at {i}", "remove control characters and halves of surrogate pairs");
            }

            i += isPair ? 1 : 0;
        }
    }

    /// <summary>Refuses extensions with names that others cannot carry, or values that are no text, truth value or number.</summary>
    public static void Check(IReadOnlyDictionary<string, object>? extensions)
    {
        if (extensions is null)
        {
            return;
        }

        foreach (var (name, value) in extensions)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                throw Bad(name, "is no name of an extension", "use lower-case letters and digits");
            }

            if (Reserved.Contains(name))
            {
                throw Bad(name, "is an attribute of its own", "set it by PublishOptions, not as an extension");
            }

            switch (value)
            {
                case string text:
                    // An extension may be empty; nothing else about it differs.
                    Check(name, text.Length == 0 ? null : text);
                    break;
                case bool or int:
                    break;
                default:
                    throw Bad(name, $"is a {value?.GetType().Name ?? "null"}", "use a string, bool or int; write others as text");
            }
        }
    }

    private static bool IsForbidden(char value) =>
        value is <= '\u001F' or (>= '\u007F' and <= '\u009F') or (>= '\uD800' and <= '\uDFFF') or (>= '\uFDD0' and <= '\uFDEF')
            or '\uFFFE' or '\uFFFF';

    private static EventRejectedException Bad(string name, string what, string cure) => new(
        $"{ErrorIds.BadAttribute} The event's attribute '{name}' {what}: {cure}.");
}
