using CloudNative.Local.CommandLine;

namespace CloudNative.Local.Tests.CommandLine;

public sealed class CommandLineParserTests
{
    private static readonly CommandLineSwitch Smoke = new("--smoke", "drives the app", _ => { });

    [Fact]
    public void Parse_AllForms_SetTheOptions()
    {
        var options = new LocalAppOptions();
        var line = CommandLineParser.Parse(
            ["--without", "a,b", "--without=c", "--logs", "all", "--no-build", "--ready-timeout", "2.5", "--file=x.yaml", "--smoke",
                "--provider", "consul", "--provider=rabbitmq, postgresql"],
            [Smoke]);

        line.Apply(options);

        Assert.Empty(line.Problems);
        Assert.Equal(["a", "b", "c"], options.Without);
        Assert.Equal(["all"], options.Logs);
        Assert.False(options.Build);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.ReadyTimeout);
        Assert.Equal("x.yaml", options.AppFile);
        Assert.Equal(["consul", "rabbitmq", "postgresql"], options.Providers);
        Assert.Same(Smoke, Assert.Single(line.Switches));
    }

    [Fact]
    public void Parse_SeveralMistakes_NamesEach()
    {
        var line = CommandLineParser.Parse(["--wihtout", "x", "--ready-timeout", "soon", "--no-build=yes", "--logs"], []);

        Assert.Collection(line.Problems,
            problem => Assert.Contains("'--wihtout' is no option", problem, StringComparison.Ordinal),
            problem => Assert.Contains("'x' is no option", problem, StringComparison.Ordinal),
            problem => Assert.Contains("is 'soon'. Allowed: a number of seconds, from 1 to 3600", problem, StringComparison.Ordinal),
            problem => Assert.Contains("--no-build takes no value, and 'yes' was given", problem, StringComparison.Ordinal),
            problem => Assert.Contains("--logs needs a value", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_ValueMissingBeforeAnotherOption_DoesNotSwallowIt()
    {
        var line = CommandLineParser.Parse(["--without", "--no-build"], []);

        Assert.Contains("--without needs a value", Assert.Single(line.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Help_WinsOverMistakes()
    {
        var line = CommandLineParser.Parse(["--nonsense", "--help"], []);

        Assert.True(line.WantsHelp);
        Assert.Empty(line.Problems);
    }
}
