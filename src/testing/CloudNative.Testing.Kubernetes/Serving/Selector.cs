using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// Label and field selectors
/// (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors): equality, <c>in</c>,
/// <c>notin</c>, existence; of fields name and namespace, which every kind has.
/// </summary>
internal sealed class Selector
{
    private readonly List<Func<StoredObject, bool>> _terms = [];

    public Selector(string? labels, string? fields)
    {
        foreach (var term in Split(labels))
        {
            _terms.Add(OfLabels(term));
        }

        foreach (var term in Split(fields))
        {
            _terms.Add(OfFields(term));
        }
    }

    public bool IsAll => _terms.Count == 0;

    public bool Matches(StoredObject item) => _terms.TrueForAll(term => term(item));

    private static IEnumerable<string> Split(string? text)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at <= (text?.Length ?? -1); at++)
        {
            if (at == text!.Length || (text[at] == ',' && depth == 0))
            {
                if (text[start..at].Trim() is { Length: > 0 } term)
                {
                    yield return term;
                }

                start = at + 1;
            }
            else
            {
                depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    private static Func<StoredObject, bool> OfLabels(string term)
    {
        if (term.EndsWith(')') && term.IndexOf('(', StringComparison.Ordinal) is var open and > 0)
        {
            var values = term[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            return term[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
            {
                [var label, "in"] => item => values.Contains(Label(item, label)),
                [var label, "notin"] => item => !values.Contains(Label(item, label)),
                _ => throw ApiProblem.BadRequest($"unable to parse requirement: {term}"),
            };
        }

        if (Pair(term) is { } pair)
        {
            return item => (Label(item, pair.Name) == pair.Value) != pair.IsNot;
        }

        return term.StartsWith('!')
            ? item => Label(item, term[1..].Trim()) is null
            : item => Label(item, term) is not null;
    }

    private static Func<StoredObject, bool> OfFields(string term) => Pair(term) switch
    {
        ("metadata.name", var value, var isNot) => item => (item.Key.Name == value) != isNot,
        ("metadata.namespace", var value, var isNot) => item => (item.Key.Namespace == value) != isNot,
        _ => throw ApiProblem.BadRequest($"field label not supported: {term}"),
    };

    private static (string Name, string Value, bool IsNot)? Pair(string term)
    {
        foreach (var sign in (string[])["!=", "==", "="])
        {
            if (term.IndexOf(sign, StringComparison.Ordinal) is var at and > 0)
            {
                return (term[..at].Trim(), term[(at + sign.Length)..].Trim(), sign == "!=");
            }
        }

        return null;
    }

    private static string? Label(StoredObject item, string label) =>
        item.Json["metadata"]!["labels"] is JsonObject labels ? (string?)labels[label] : null;
}
