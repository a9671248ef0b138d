using System.Diagnostics;

namespace CloudNative.Eventing.Tests.AsyncApi;

/// <summary>The parser of those who wrote the specification, run by node; build/asyncapi.sh gets it.</summary>
internal static class AsyncApiParser
{
    private const int SeverityOfErrors = 0;

    // Resolved from the working directory, which is where the packages are.
    private const string Script = """
        import { Parser } from '@asyncapi/parser';
        let text = '';
        for await (const chunk of process.stdin) text += chunk;
        const { document, diagnostics } = await new Parser().parse(text);
        for (const d of diagnostics) console.log(`${d.severity} ${d.code} ${d.path.join('/')} ${d.message}`);
        console.log(document ? `channels ${document.allChannels().length}` : 'no document');
        """;

    /// <summary>What the parser says: the number of channels, after all that is wrong.</summary>
    public static async Task<IReadOnlyList<string>> ParseAsync(string document)
    {
        var folder = Find();
        Assert.SkipWhen(
            folder is null,
            "There is no AsyncAPI parser in .tools/asyncapi: run ./build/asyncapi.sh, which needs node and npm.");
        var start = new ProcessStartInfo("node", ["--input-type=module", "--eval", Script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(document);
        node.StandardInput.Close();
        var lines = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        return
        [
            .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !char.IsDigit(line[0]) || line[0] - '0' == SeverityOfErrors),
        ];
    }

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, ".tools", "asyncapi");
            if (Directory.Exists(Path.Combine(candidate, "node_modules", "@asyncapi", "parser")))
            {
                return candidate;
            }
        }

        return null;
    }
}
