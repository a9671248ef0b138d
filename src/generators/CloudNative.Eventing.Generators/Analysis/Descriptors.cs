using CloudNative.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Analysis;

/// <summary>What the analyzers say. Each has a page in docs/errors.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotNameable = Create(
        "CN9101",
        "Generated code cannot name a type of this handler",
        "No code is generated for this handler: {0}. It is called by reflection, which cannot be trimmed or compiled ahead of time.",
        severity: DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor WrongShape = Create(
        "CN9102",
        "This handler cannot be called",
        "This handler cannot be called: {0}. A handler takes one event and what else it needs, and returns nothing, Task or ValueTask.");

    public static readonly DiagnosticDescriptor NotOneEvent = Create(
        "CN9103",
        "This class does not handle exactly one type of event",
        "{0} implements {1}; name the type of event beside it, or let it implement IEventHandler<T> once");

    public static readonly DiagnosticDescriptor AsyncVoid = Create(
        "CN9104",
        "This handler is async void",
        "'{0}' is async void: the event counts as handled before it is, and an exception ends the process. Return Task or ValueTask.");

    public static readonly DiagnosticDescriptor DuplicateGroup = Create(
        "CN9105",
        "Two handlers share a topic, a group and a type of event",
        "{0} of topic '{1}' is handled twice in {2}. Give one of them another group by WithGroup, or make them one handler.",
        isFoundAtTheEnd: true);

    public static readonly DiagnosticDescriptor BadTopic = Create(
        "CN9106",
        "No transport takes this name",
        "'{0}' is no name of a topic or group: 1 to 200 ASCII letters, digits, '.', '-', '_' and ':', starting with a letter or digit");

    public static readonly DiagnosticDescriptor NoName = Create(
        "CN9107",
        "This type of event has no name",
        "{0} has no name on the wire: put [Event(\"orders.placed\")] on it");

    public static readonly DiagnosticDescriptor NotSerializable = Create(
        "CN9108",
        "This type of event cannot be serialised",
        "{0} cannot travel as JSON: {1}");

    public static readonly DiagnosticDescriptor NoJsonContext = Create(
        "CN9109",
        "This type of event is in no JSON context",
        "{0} is in no JsonSerializerContext, and this project serialises without reflection: add [JsonSerializable(typeof({1}))] to one",
        isFoundAtTheEnd: true);

    public static readonly DiagnosticDescriptor ForgottenMap = Create(
        "CN9110",
        "This web service never calls MapCloudNative",
        "This web service handles events but never calls MapCloudNative: add app.MapCloudNative() before it runs",
        isFoundAtTheEnd: true);

    private static DiagnosticDescriptor Create(
        string id,
        string title,
        string message,
        DiagnosticSeverity severity = DiagnosticSeverity.Warning,
        bool isFoundAtTheEnd = false) =>
        new(
            id,
            title,
            message,
            "CloudNative.Eventing",
            severity,
            isEnabledByDefault: true,
            helpLinkUri: HelpLinks.For(id),
            customTags: isFoundAtTheEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
