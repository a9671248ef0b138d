using System.Text.Json;
using CloudNative.Local.Joining;

namespace CloudNative.Local.Tests.Joining;

public sealed class LaunchSettingsTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string Profile = LaunchSettings.Profile(
        new Dictionary<string, string> { ["A"] = "1", ["ASPNETCORE_URLS"] = "http://127.0.0.1:20001" });

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("{ }\n")]
    [InlineData("{ \"$schema\": \"x\" }")]
    [InlineData("{ \"profiles\": {} }")]
    [InlineData("{ \"profiles\": { \"http\": { \"commandName\": \"Project\" } } }")]
    [InlineData("{ // mine\n \"profiles\": { \"http\": { \"commandName\": \"Project\", }, }, }")]
    [InlineData("{ \"profiles\": { \"shop (joined)\": { \"commandName\": \"Old\" }, \"http\": {} } }")]
    public void Merge_AnyFile_HasTheProfileOnce(string? before)
    {
        using var after = JsonDocument.Parse(LaunchSettings.Merge(before, "shop (joined)", Profile), Lenient);

        var profile = after.RootElement.GetProperty("profiles").GetProperty("shop (joined)");
        Assert.Equal("Project", profile.GetProperty("commandName").GetString());
        Assert.Equal("http://127.0.0.1:20001", profile.GetProperty("applicationUrl").GetString());
        Assert.Equal(["A"], profile.GetProperty("environmentVariables").EnumerateObject().Select(variable => variable.Name));
        Assert.Single(after.RootElement.GetProperty("profiles").EnumerateObject(), property => property.Name == "shop (joined)");
    }

    [Fact]
    public void Merge_OtherProfilesAndComments_StayAsTheyWere()
    {
        const string Before = """
            {
              // do not touch
              "profiles": {
                "http":   { "commandName": "Project" }
              },
              "iisSettings": { "é": 1 }
            }
            """;

        var after = LaunchSettings.Merge(Before, "shop (joined)", Profile);

        Assert.Contains("// do not touch", after, StringComparison.Ordinal);
        Assert.Contains("\"http\":   { \"commandName\": \"Project\" }", after, StringComparison.Ordinal);
        Assert.Contains("\"iisSettings\": { \"é\": 1 }", after, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_Twice_ChangesNothingTheSecondTime()
    {
        var once = LaunchSettings.Merge("{ \"profiles\": { \"http\": {} } }", "shop (joined)", Profile);

        Assert.Equal(once, LaunchSettings.Merge(once, "shop (joined)", Profile));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"profiles\": 1 }")]
    [InlineData("{ \"profiles\": ")]
    public void Merge_NotLaunchSettings_IsRefused(string before) =>
        Assert.ThrowsAny<JsonException>(() => LaunchSettings.Merge(before, "shop (joined)", Profile));
}
