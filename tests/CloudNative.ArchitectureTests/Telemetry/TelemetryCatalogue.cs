using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudNative.ArchitectureTests.Telemetry;

/// <summary>Compares <c>docs/reference/telemetry.md</c> with the constants and the places that create instruments.</summary>
internal static partial class TelemetryCatalogue
{
    public const string Page = "docs/reference/telemetry.md";

    /// <summary>The text below each <c>## Package</c> heading.</summary>
    public static IReadOnlyDictionary<string, string> Sections(string page) =>
        page.Split("\n## ").Skip(1).ToDictionary(section => section.Split('\n')[0].Trim(), section => section);

    /// <summary>Constants of all <c>XxxTelemetryNames</c> classes: field name to value.</summary>
    public static IReadOnlyDictionary<string, string> Names(Package package) =>
        package.Assembly.GetExportedTypes()
            .Where(type => type.Name.Ends("TelemetryNames"))
            .SelectMany(type => type.GetFields().Where(field => field.IsLiteral && field.FieldType == typeof(string))
                .Select(field => (Name: $"{type.Name}.{field.Name}", Value: (string)field.GetRawConstantValue()!)))
            .ToDictionary(name => name.Name, name => name.Value);

    public static IEnumerable<string> CheckNames(string package, IReadOnlyCollection<string> names, string section)
    {
        foreach (var name in names.Where(name => !section.Has($"`{name}`")))
        {
            yield return $"{Page}, {package}: `{name}` is missing";
        }

        foreach (Match row in Row().Matches(section))
        {
            var name = row.Groups["name"].Value;
            if (!names.Contains(name))
            {
                yield return $"{Page}, {package}: `{name}` is no constant of a TelemetryNames class";
            }
        }
    }

    /// <summary>An instrument's row begins: name, kind, unit.</summary>
    public static IEnumerable<string> CheckInstruments(IEnumerable<Instrument> instruments, string section)
    {
        var rows = Row().Matches(section).ToDictionary(row => row.Groups["name"].Value, row => row.Value);
        foreach (var instrument in instruments)
        {
            if (!rows.TryGetValue(instrument.Name, out var row))
            {
                yield return $"{instrument.Path}: {instrument.Name} has no row in {Page}";
                continue;
            }

            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            var kind = cells[2].Replace(" ", "", StringComparison.Ordinal);
            if (!kind.Equals(instrument.Kind, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{instrument.Path}: {instrument.Name} is made as a {instrument.Kind}, {Page} says '{cells[2]}'";
            }

            if (instrument.Unit is null || cells[3].Trim('`') != instrument.Unit)
            {
                yield return $"{instrument.Path}: {instrument.Name} is made with unit '{instrument.Unit}', {Page} says '{cells[3]}'";
            }
        }
    }

    /// <summary>Every <c>meter.CreateX(XxxTelemetryNames.Y, …unit…)</c>.</summary>
    public static IEnumerable<Instrument> Created(SourceFile source, IReadOnlyDictionary<string, string> names)
    {
        foreach (var call in source.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax member || !Create().IsMatch(member.Name.Identifier.Text))
            {
                continue;
            }

            var kind = Create().Match(member.Name.Identifier.Text).Groups[2].Value;
            var isObservable = member.Name.Identifier.Text.Has("Observable");
            var arguments = call.ArgumentList.Arguments;
            var unit = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.Text == "unit")
                ?? arguments.Where(argument => argument.NameColon is null).ElementAtOrDefault(isObservable ? 2 : 1);
            var key = arguments[0].Expression.ToString();
            var name = names.FirstOrDefault(name => name.Key == key || name.Key.Ends("." + key)).Value;
            yield return new Instrument(
                name ?? key,
                kind,
                (unit?.Expression as LiteralExpressionSyntax)?.Token.ValueText,
                source.Path);
        }
    }

    /// <summary>A table row whose first cell is a name in backticks: one of ours, or of a convention that we follow.</summary>
    [GeneratedRegex(@"^\| *`(?<name>(cloudnative\.|CloudNative\.|messaging\.)[^`]+)` *\|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^Create(Observable)?(Counter|Histogram|UpDownCounter|Gauge)$")]
    private static partial Regex Create();
}
