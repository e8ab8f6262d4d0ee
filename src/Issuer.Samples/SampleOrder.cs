using System.Numerics;

namespace Issuer.Samples;

/// <summary>
/// The numbers 0 to size - 1, each once, in an order that looks shuffled: steps of about the golden ratio round a ring.
/// Any stretch of it is spread evenly over the whole, and it takes no memory, so that numbers stay unique and shares
/// exact in a campaign of any size.
/// </summary>
sealed class SampleOrder
{
    readonly long size;
    readonly long step;
    readonly long start;

    public SampleOrder(long size, SampleRandom random)
    {
        this.size = size;
        step = Math.Max(1, (long)(size * 0.6180339887498949));
        while (BigInteger.GreatestCommonDivisor(step, size) != 1)
        {
            step++;
        }
        start = random.Next((int)size);
    }

    public long this[long index] => (start + index % size * step) % size;
}
