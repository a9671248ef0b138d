namespace CloudNative.Testing.Conformance.Tests.Planted;

internal sealed class ModelGroup(string topic, string name, bool broadcast)
{
    public string Topic => topic;

    public string Name => name;

    public bool Broadcast => broadcast;

    public bool Ordered { get; set; }

    public List<ModelItem> Items { get; set; } = [];

    public List<ModelMember> Members { get; } = [];

    public IEnumerable<ModelDelivery> Loans => Items.SelectMany(item => item.Loans);
}
