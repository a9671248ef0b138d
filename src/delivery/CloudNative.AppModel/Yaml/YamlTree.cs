using CloudNative.AppModel.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CloudNative.AppModel.Yaml;

/// <summary>
/// Builds the tree from the parser's events. YamlDotNet's own tree is not used: it stops at the first duplicate key and
/// expands aliases, by which a few lines grow without limit.
/// </summary>
internal sealed class YamlTree(ProblemList problems)
{
    private const int MaximumDepth = 32;

    public static YamlNode? Read(string text, ProblemList problems)
    {
        try
        {
            return new YamlTree(problems).ReadDocument(new Parser(new StringReader(text)));
        }
        catch (YamlException e)
        {
            if (!TabIndentation.Report(text, problems))
            {
                problems.Add(ProblemIds.Syntax, Of(e.Start), $"This is not YAML: {e.Message.TrimEnd('.')}.",
                    "YAML 1.2", "Check quotes, colons and indentation on this line and the one above.");
            }

            return null;
        }
    }

    private YamlNode? ReadDocument(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = ReadNode(parser, depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            problems.Add(ProblemIds.YamlFeature, Of(second.Start), "A second document begins here.",
                "one document a file", "Remove the '---' and what follows, or move it to a file of its own.");
        }

        return root;
    }

    private YamlNode ReadNode(Parser parser, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            Refuse(alias.Start, $"'*{alias.Value}' refers to an anchor.");
            return new YamlScalar(Of(alias.Start), "", IsPlain: true);
        }

        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            Refuse(anchored.Start, $"'&{anchored.Anchor.Value}' is an anchor.");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(Of(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        if (depth >= MaximumDepth)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"more than {MaximumDepth} levels");
        }

        return parser.Accept<SequenceStart>(out _) ? ReadSequence(parser, depth) : ReadMapping(parser, depth);
    }

    private YamlSequence ReadSequence(Parser parser, int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, depth + 1));
        }

        return new YamlSequence(Of(start.Start), items);
    }

    private YamlMapping ReadMapping(Parser parser, int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var keys = new Dictionary<string, Position>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, depth + 1);
            var value = ReadNode(parser, depth + 1);
            if (key is not YamlScalar name)
            {
                problems.Add(ProblemIds.WrongType, key.At, $"A key is {key.Kind}.", "a text", "Write a single word as the key.");
            }
            else if (keys.TryAdd(name.Value, name.At))
            {
                entries.Add(new YamlEntry(name, value));
            }
            else
            {
                var message = $"'{name.Value}' stands here a second time; first on line {keys[name.Value].Line}.";
                problems.Add(ProblemIds.Duplicate, name.At, message, "each name once", "Remove one of them, or rename it.");
            }
        }

        return new YamlMapping(Of(start.Start), entries);
    }

    private void Refuse(Mark at, string message) =>
        problems.Add(ProblemIds.YamlFeature, Of(at), message, "plain keys, values and lists",
            "Write the value out; anchors and aliases are not read.");

    private static Position Of(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
