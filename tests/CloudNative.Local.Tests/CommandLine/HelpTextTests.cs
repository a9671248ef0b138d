using CloudNative.Local.CommandLine;

namespace CloudNative.Local.Tests.CommandLine;

public sealed class HelpTextTests
{
    [Fact]
    public void Create_ListsEveryOptionWithin80Columns()
    {
        var text = HelpText.Create([new CommandLineSwitch("--smoke", "drives the app", _ => { })]);

        Assert.All(text.Split(Environment.NewLine), line => Assert.InRange(line.Length, 0, 80));
        Assert.All(CommandLineOption.All.Select(option => option.Name).Append("--smoke").Append("--help"),
            name => Assert.Contains($"  {name}", text, StringComparison.Ordinal));
    }
}
