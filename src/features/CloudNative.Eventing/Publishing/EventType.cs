using System.Globalization;
using System.Reflection;

namespace CloudNative.Eventing.Publishing;

/// <summary>What <see cref="EventAttribute"/> says of a type.</summary>
/// <param name="Name">The name without its version.</param>
/// <param name="WireName">The name on the wire, with its version.</param>
/// <param name="Topic">Where its events go by default.</param>
internal sealed record EventType(string Name, string WireName, string Topic)
{
    private const string VersionMark = ".v";

    /// <summary>Reads a type; <see langword="null"/> when it has no attribute.</summary>
    public static EventType? Find(Type type)
    {
        if (type.GetCustomAttribute<EventAttribute>(inherit: false) is not { } attribute)
        {
            return null;
        }

        var lastDot = attribute.Name.LastIndexOf('.');
        return new EventType(
            attribute.Name,
            string.Create(CultureInfo.InvariantCulture, $"{attribute.Name}{VersionMark}{attribute.Version}"),
            attribute.Topic ?? (lastDot > 0 ? attribute.Name[..lastDot] : attribute.Name));
    }

    /// <summary>What is wrong with the attribute, or <see langword="null"/>.</summary>
    public static string? Check(Type type)
    {
        var attribute = type.GetCustomAttribute<EventAttribute>(inherit: false);
        return attribute switch
        {
            null => $"{type} has no [Event] attribute, so its events have no name on the wire: put [Event(\"orders.placed\")] on it",
            { Version: < 1 } => $"[Event] on {type} gives version {attribute.Version}; versions begin with 1",
            _ when !EventTopic.IsValid(attribute.Name) =>
                $"[Event(\"{attribute.Name}\")] on {type} is no name: use words of letters, digits, '-' and '_' with dots between",
            { Topic: { } topic } when !EventTopic.IsValid(topic) =>
                $"[Event(Topic = \"{topic}\")] on {type} is no name of a topic: use letters, digits, '.', '-', '_' and ':'",
            _ => null,
        };
    }

    /// <summary>The name without its version, of a name on the wire; <see langword="null"/> when it has no version.</summary>
    public static string? NameOf(string wireName)
    {
        var mark = wireName.LastIndexOf(VersionMark, StringComparison.Ordinal);
        return mark > 0 && mark + VersionMark.Length < wireName.Length
            && wireName.AsSpan(mark + VersionMark.Length).IndexOfAnyExceptInRange('0', '9') < 0
            ? wireName[..mark]
            : null;
    }
}
