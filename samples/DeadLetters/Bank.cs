namespace DeadLetters;

/// <summary>A bank that is closed at first.</summary>
public sealed class Bank
{
    public bool IsOpen { get; set; }

    public void Pay(int number)
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException("the bank is closed");
        }

        Console.WriteLine($"payment {number} made");
    }
}
