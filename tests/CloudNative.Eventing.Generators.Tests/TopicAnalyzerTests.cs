using CloudNative.Eventing.Generators.Harness;

namespace CloudNative.Eventing.Generators;

public sealed class TopicAnalyzerTests
{
    [Theory]
    [InlineData("app.MapEvent(\"my orders\", (OrderPlaced e) => { });", "CN9106 \"my orders\"")]
    [InlineData("app.MapEvent<OrderPlaced>(\"\", (e, c, t) => default);", "CN9106 \"\"")]
    [InlineData("const string Topic = \".orders\"; app.MapEvent(Topic, (OrderPlaced e) => { });", "CN9106 Topic")]
    [InlineData("app.MapEvent(\"orders\", (OrderPlaced e) => { }).WithGroup(\"größe\");", "CN9106 \"größe\"")]
    [InlineData("_ = new PublishOptions { Topic = \"a/b\" };", "CN9106 \"a/b\"")]
    [InlineData("_ = new PublishOptions() with { Topic = \"a b\" };", "CN9106 \"a b\"")]
    public async Task Name_ThatNoTransportTakes_IsFound(string body, string expected) =>
        Assert.Equal([expected], await Look.FindAsync<TopicAnalyzer>(body));

    [Theory]
    [InlineData("app.MapEvent(\"orders.eu-west_1:a\", (OrderPlaced e) => { }).WithGroup(\"7\");")]
    [InlineData("app.MapEvent(Environment.MachineName + \" \", (OrderPlaced e) => { });")]
    [InlineData("_ = new PublishOptions { Topic = \"a\", Subject = \"a b\" };")]
    [InlineData("_ = new PublishOptions { Topic = null };")]
    public async Task Name_ThatIsAllowedOrUnknown_IsNot(string body) => Assert.Empty(await Look.FindAsync<TopicAnalyzer>(body));

    [Theory]
    [InlineData("[Event(\"my orders.placed\")]", true)]
    [InlineData("[Event(\"orders.placed\", Topic = \"my orders\")]", true)]
    [InlineData("[Event(\"my orders.placed\", Topic = \"orders\")]", false)]
    [InlineData("[Event(\"placed\", Version = 2)]", false)]
    public async Task Attribute_IsJudgedByTheTopicItGives(string attribute, bool isFound) =>
        Assert.Equal(isFound ? 1 : 0, (await Look.FindAsync<TopicAnalyzer>([$"{attribute} public sealed record Placed;"])).Count);

    [Fact]
    public async Task Name_OfLengthAroundTheLimit_IsJudgedLikeAtRunTime()
    {
        foreach (var length in new[] { 200, 201 })
        {
            var name = new string('a', length);
            var found = await Look.FindAsync<TopicAnalyzer>($"app.MapEvent(\"{name}\", (OrderPlaced e) => {{ }});");
            Assert.Equal(EventTopic.IsValid(name), found.Count == 0);
        }
    }
}
